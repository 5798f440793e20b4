/* Stands between a program and its disk: writes down everything that reaches one folder, and refuses room.

   Loaded before libc (LD_PRELOAD). FAULT_ROOT is the folder watched, FAULT_JOURNAL the file that takes every
   change to it in order: data written with its place, lengths cut, names made, moved and taken away, and what
   was forced to the disk. A power cut at any moment is then built from the journal (power_cut.py reads it).
   disk_refuse_after(n) lets n more changes that need room through, then answers ENOSPC until disk_give_room().
   FAULT_EVERYTHING=1 writes down data going to any file at all, and nothing else (phrases.py reads it). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENED = 1, MADE, WRITTEN, CUT, FORCED, MOVED, TAKEN, FOLDER_MADE, FOLDER_TAKEN, NOTED };
#define MOST_FILES 4096

static struct { int watched; int is_folder; uint64_t file; char path[PATH_MAX]; } known[MOST_FILES];
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static size_t root_length;
static int journal = -1, everything;
static long room = -1, changes;

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("FAULT_ROOT"), *file = getenv("FAULT_JOURNAL");
    everything = getenv("FAULT_EVERYTHING") != NULL;
    if (folder && realpath(folder, root)) root_length = strlen(root);
    if (file) journal = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static void put(uint32_t kind, uint64_t file, uint64_t place, const char *name, const char *other,
                const void *data, size_t length) {
    struct { uint32_t kind, name, other, length; uint64_t file, place; } head =
        {kind, name ? strlen(name) : 0, other ? strlen(other) : 0, length, file, place};
    struct iovec parts[4] = {{&head, sizeof head}, {(void *)name, head.name}, {(void *)other, head.other},
                             {(void *)data, length}};
    if (journal >= 0 && syscall(SYS_writev, journal, parts, 4) < 0) abort();
}

/* Notes and switches for the program under test, called through ctypes. */
void disk_note(const char *words) {
    pthread_mutex_lock(&one_at_a_time);
    put(NOTED, 0, 0, words, NULL, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
}
void disk_refuse_after(long allowed) { changes = 0; room = allowed; }
void disk_give_room(void) { room = -1; }
long disk_changes(void) { return changes; }

static int full_path(int folder, const char *path, char *out) {
    char link[64];
    ssize_t length = 0;
    if (path[0] != '/') {
        if (folder == AT_FDCWD) { if (!getcwd(out, PATH_MAX)) return 0; length = strlen(out); }
        else {
            snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
            length = readlink(link, out, PATH_MAX - 1);
            if (length < 0) return 0;
        }
        out[length++] = '/';
    }
    if (length + strlen(path) >= PATH_MAX) return 0;
    strcpy(out + length, path);
    return 1;
}

static int is_inside(const char *path) {
    return root_length && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

/* Whether there is still room for one more change; called with the lock held. */
static int has_room(void) {
    if (room >= 0 && changes >= room) { errno = ENOSPC; return 0; }
    changes++;
    return 1;
}

static int opened(int handle, int folder, const char *path, int was_there, int flags) {
    char full[PATH_MAX];
    struct stat facts;
    if (handle < 0 || handle >= MOST_FILES) return handle;
    known[handle].watched = 0;
    if (!full_path(folder, path, full) || !(everything || is_inside(full)) || fstat(handle, &facts)) return handle;
    if (!S_ISREG(facts.st_mode) && !S_ISDIR(facts.st_mode)) return handle;
    known[handle].watched = 1;
    known[handle].is_folder = S_ISDIR(facts.st_mode);
    known[handle].file = facts.st_ino;
    strcpy(known[handle].path, full);
    if (everything) return handle;
    put(was_there ? OPENED : MADE, facts.st_ino, 0, full, NULL, NULL, 0);
    if (was_there && (flags & O_TRUNC) && !S_ISDIR(facts.st_mode)) put(CUT, facts.st_ino, 0, NULL, NULL, NULL, 0);
    return handle;
}

static int open_at(int folder, const char *path, int flags, mode_t mode) {
    char full[PATH_MAX];
    int was_there = 1, handle;
    struct stat facts;
    pthread_mutex_lock(&one_at_a_time);
    if ((flags & O_CREAT) && full_path(folder, path, full) && is_inside(full)) {
        was_there = !stat(full, &facts);
        if (!was_there && !has_room()) { pthread_mutex_unlock(&one_at_a_time); return -1; }
    }
    handle = (int)syscall(SYS_openat, folder, path, flags, mode);
    int kept = errno;
    opened(handle, folder, path, was_there, flags);
    errno = kept;
    pthread_mutex_unlock(&one_at_a_time);
    return handle;
}

#define MODE_OF(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE_OF(flags) return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return open_at(AT_FDCWD, path, flags | O_LARGEFILE, mode); }
int openat(int at, const char *path, int flags, ...) { MODE_OF(flags) return open_at(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE_OF(flags) return open_at(at, path, flags | O_LARGEFILE, mode); }
int creat(const char *path, mode_t mode) { return open_at(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static int watched(int handle) { return handle >= 0 && handle < MOST_FILES && known[handle].watched; }

int close(int handle) {
    REAL(int, "close", int);
    if (watched(handle)) known[handle].watched = 0;
    return real(handle);
}

static ssize_t put_data(int handle, const void *data, size_t size, off_t place, int at_place) {
    ssize_t done;
    if (!watched(handle))
        return at_place ? syscall(SYS_pwrite64, handle, data, size, place) : syscall(SYS_write, handle, data, size);
    pthread_mutex_lock(&one_at_a_time);
    if (!everything && !has_room()) { pthread_mutex_unlock(&one_at_a_time); return -1; }
    if (!at_place) {
        place = (fcntl(handle, F_GETFL) & O_APPEND) ? lseek(handle, 0, SEEK_END) : lseek(handle, 0, SEEK_CUR);
        done = syscall(SYS_write, handle, data, size);
    } else done = syscall(SYS_pwrite64, handle, data, size, place);
    if (done > 0) put(WRITTEN, known[handle].file, place, everything ? known[handle].path : NULL, NULL, data, done);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}

ssize_t write(int handle, const void *data, size_t size) { return put_data(handle, data, size, 0, 0); }
ssize_t pwrite(int handle, const void *data, size_t size, off_t place) { return put_data(handle, data, size, place, 1); }
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t place) { return put_data(handle, data, size, place, 1); }

ssize_t writev(int handle, const struct iovec *parts, int count) {
    ssize_t all = 0;
    if (!watched(handle)) return syscall(SYS_writev, handle, parts, count);
    for (int n = 0; n < count; n++) {
        ssize_t done = put_data(handle, parts[n].iov_base, parts[n].iov_len, 0, 0);
        if (done < 0) return all ? all : -1;
        all += done;
    }
    return all;
}

/* Ways of copying without the program's own writes: refused, so that it falls back to writing. */
ssize_t sendfile(int out, int in, off_t *place, size_t count) {
    if (watched(out)) { errno = EINVAL; return -1; }
    return syscall(SYS_sendfile, out, in, place, count);
}
ssize_t sendfile64(int out, int in, off64_t *place, size_t count) { return sendfile(out, in, (off_t *)place, count); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t count, unsigned flags) {
    if (watched(out)) { errno = EXDEV; return -1; }
    return syscall(SYS_copy_file_range, in, from, out, to, count, flags);
}

int ftruncate(int handle, off_t length) {
    if (!watched(handle) || everything) return (int)syscall(SYS_ftruncate, handle, length);
    pthread_mutex_lock(&one_at_a_time);
    int done = (int)syscall(SYS_ftruncate, handle, length);
    if (!done) put(CUT, known[handle].file, length, NULL, NULL, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
int ftruncate64(int handle, off64_t length) { return ftruncate(handle, length); }
int posix_fallocate(int handle, off_t place, off_t length) {
    REAL(int, "posix_fallocate", int, off_t, off_t);
    return watched(handle) ? EINVAL : real(handle, place, length);
}
int posix_fallocate64(int handle, off64_t place, off64_t length) { return posix_fallocate(handle, place, length); }
int fallocate(int handle, int mode, off_t place, off_t length) {
    if (watched(handle)) { errno = EOPNOTSUPP; return -1; }
    return (int)syscall(SYS_fallocate, handle, mode, place, length);
}
int fallocate64(int handle, int mode, off64_t place, off64_t length) { return fallocate(handle, mode, place, length); }

static int force(int handle) {
    if (!watched(handle)) return (int)syscall(SYS_fsync, handle);
    pthread_mutex_lock(&one_at_a_time);
    if (!everything)
        put(FORCED, known[handle].file, (uint64_t)known[handle].is_folder, known[handle].path, NULL, NULL, 0);
    pthread_mutex_unlock(&one_at_a_time);
    return 0; /* the journal says what a power cut leaves: waiting for the real disk would prove nothing */
}
int fsync(int handle) { return force(handle); }
int fdatasync(int handle) { return force(handle); }

static int moved(int from_at, const char *from, int to_at, const char *to, unsigned flags) {
    char a[PATH_MAX], b[PATH_MAX];
    pthread_mutex_lock(&one_at_a_time);
    int done = (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
    int kept = errno;
    if (!done && !everything && full_path(from_at, from, a) && full_path(to_at, to, b) && (is_inside(a) || is_inside(b)))
        put(MOVED, 0, 0, a, b, NULL, 0);
    errno = kept;
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
int rename(const char *from, const char *to) { return moved(AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int at, const char *from, int to_at, const char *to) { return moved(at, from, to_at, to, 0); }
int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags) { return moved(at, from, to_at, to, flags); }

static int taken(int at, const char *path, int flags) {
    char full[PATH_MAX];
    pthread_mutex_lock(&one_at_a_time);
    int is_ours = !everything && full_path(at, path, full) && is_inside(full);
    int done = (int)syscall(SYS_unlinkat, at, path, flags);
    int kept = errno;
    if (!done && is_ours) put(flags & AT_REMOVEDIR ? FOLDER_TAKEN : TAKEN, 0, 0, full, NULL, NULL, 0);
    errno = kept;
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
int unlink(const char *path) { return taken(AT_FDCWD, path, 0); }
int unlinkat(int at, const char *path, int flags) { return taken(at, path, flags); }
int remove(const char *path) {
    int done = taken(AT_FDCWD, path, 0);
    return done && errno == EISDIR ? taken(AT_FDCWD, path, AT_REMOVEDIR) : done;
}
int rmdir(const char *path) { return taken(AT_FDCWD, path, AT_REMOVEDIR); }

static int folder_made(int at, const char *path, mode_t mode) {
    char full[PATH_MAX];
    pthread_mutex_lock(&one_at_a_time);
    int is_ours = !everything && full_path(at, path, full) && is_inside(full), done = -1;
    if (!is_ours || has_room()) done = (int)syscall(SYS_mkdirat, at, path, mode);
    int kept = errno;
    if (!done && is_ours) put(FOLDER_MADE, 0, 0, full, NULL, NULL, 0);
    errno = kept;
    pthread_mutex_unlock(&one_at_a_time);
    return done;
}
int mkdir(const char *path, mode_t mode) { return folder_made(AT_FDCWD, path, mode); }
int mkdirat(int at, const char *path, mode_t mode) { return folder_made(at, path, mode); }
