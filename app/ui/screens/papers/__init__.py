"""In giấy tờ: choosing papers and people, looking at the pages, saving and printing them."""
