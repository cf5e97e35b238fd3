/* A layer below SQLite for tests: passes everything on to the VFS of the system and lets the
   n-th operation of one sort fail. See lib.rs. */

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Handle {
  sqlite3_file base;
  sqlite3_file *real;
} Handle;

static sqlite3_vfs *below;
static sqlite3_vfs layer;
static sqlite3_io_methods methods;

static char operation[16];
static char mode[16];
static unsigned nth;
static unsigned count;
static int armed;
static const char *arm;

/* Whether this operation fails. */
static int fails(const char *what) {
  if (strcmp(what, operation) != 0) return 0;
  if (!__atomic_load_n(&armed, __ATOMIC_SEQ_CST)) {
    FILE *file = fopen(arm, "r");
    if (file == NULL) return 0;
    fclose(file);
    __atomic_store_n(&armed, 1, __ATOMIC_SEQ_CST);
  }
  unsigned now = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
  int hit = strcmp(mode, "always") == 0 ? now >= nth : now == nth;
  if (hit) {
    char name[4096];
    snprintf(name, sizeof name, "%s.fired", arm);
    FILE *file = fopen(name, "w");
    if (file != NULL) fclose(file);
  }
  return hit;
}

static sqlite3_file *real(sqlite3_file *file) { return ((Handle *)file)->real; }

static int layer_close(sqlite3_file *file) {
  return real(file)->pMethods->xClose(real(file));
}

static int layer_read(sqlite3_file *file, void *into, int amount, sqlite3_int64 offset) {
  if (fails("read")) return SQLITE_IOERR_READ;
  return real(file)->pMethods->xRead(real(file), into, amount, offset);
}

static int layer_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset) {
  if (fails("full")) return SQLITE_FULL;
  if (fails("write")) {
    real(file)->pMethods->xWrite(real(file), from, amount / 2, offset);
    return SQLITE_IOERR_WRITE;
  }
  return real(file)->pMethods->xWrite(real(file), from, amount, offset);
}

static int layer_truncate(sqlite3_file *file, sqlite3_int64 size) {
  if (fails("truncate")) return SQLITE_IOERR_TRUNCATE;
  return real(file)->pMethods->xTruncate(real(file), size);
}

static int layer_sync(sqlite3_file *file, int flags) {
  if (fails("sync")) return SQLITE_IOERR_FSYNC;
  return real(file)->pMethods->xSync(real(file), flags);
}

static int layer_size(sqlite3_file *file, sqlite3_int64 *size) {
  return real(file)->pMethods->xFileSize(real(file), size);
}

static int layer_lock(sqlite3_file *file, int level) {
  return real(file)->pMethods->xLock(real(file), level);
}

static int layer_unlock(sqlite3_file *file, int level) {
  return real(file)->pMethods->xUnlock(real(file), level);
}

static int layer_reserved(sqlite3_file *file, int *out) {
  return real(file)->pMethods->xCheckReservedLock(real(file), out);
}

static int layer_control(sqlite3_file *file, int op, void *argument) {
  return real(file)->pMethods->xFileControl(real(file), op, argument);
}

static int layer_sector(sqlite3_file *file) {
  return real(file)->pMethods->xSectorSize(real(file));
}

static int layer_device(sqlite3_file *file) {
  return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static int layer_map(sqlite3_file *file, int page, int size, int extend, void volatile **out) {
  if (fails("map")) return SQLITE_IOERR_SHMMAP;
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, out);
}

static int layer_shm_lock(sqlite3_file *file, int offset, int n, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}

static void layer_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }

static int layer_unmap(sqlite3_file *file, int remove) {
  return real(file)->pMethods->xShmUnmap(real(file), remove);
}

static int layer_fetch(sqlite3_file *file, sqlite3_int64 offset, int amount, void **out) {
  return real(file)->pMethods->xFetch(real(file), offset, amount, out);
}

static int layer_unfetch(sqlite3_file *file, sqlite3_int64 offset, void *page) {
  return real(file)->pMethods->xUnfetch(real(file), offset, page);
}

static int layer_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  (void)vfs;
  Handle *handle = (Handle *)file;
  handle->base.pMethods = NULL;
  handle->real = (sqlite3_file *)&handle[1];
  if (fails("open")) return SQLITE_CANTOPEN;
  int result = below->xOpen(below, name, handle->real, flags, out);
  if (handle->real->pMethods != NULL) handle->base.pMethods = &methods;
  return result;
}

static int layer_delete(sqlite3_vfs *vfs, const char *name, int sync) {
  (void)vfs;
  if (fails("delete")) return SQLITE_IOERR_DELETE;
  return below->xDelete(below, name, sync);
}

/* Before main, and before the library is first used. */
__attribute__((constructor)) static void install(void) {
  const char *asked = getenv("JIUGAI_FAULTS");
  arm = getenv("JIUGAI_FAULTS_ARM");
  if (asked == NULL || arm == NULL) return;
  if (sscanf(asked, "%15[a-z],%u,%15[a-z]", operation, &nth, mode) != 3) abort();
  below = sqlite3_vfs_find(NULL);
  if (below == NULL) abort();
  layer = *below;
  layer.zName = "faults";
  layer.szOsFile = (int)sizeof(Handle) + below->szOsFile;
  layer.xOpen = layer_open;
  layer.xDelete = layer_delete;
  methods = (sqlite3_io_methods){
      .iVersion = 3,
      .xClose = layer_close,
      .xRead = layer_read,
      .xWrite = layer_write,
      .xTruncate = layer_truncate,
      .xSync = layer_sync,
      .xFileSize = layer_size,
      .xLock = layer_lock,
      .xUnlock = layer_unlock,
      .xCheckReservedLock = layer_reserved,
      .xFileControl = layer_control,
      .xSectorSize = layer_sector,
      .xDeviceCharacteristics = layer_device,
      .xShmMap = layer_map,
      .xShmLock = layer_shm_lock,
      .xShmBarrier = layer_barrier,
      .xShmUnmap = layer_unmap,
      .xFetch = layer_fetch,
      .xUnfetch = layer_unfetch,
  };
  if (sqlite3_vfs_register(&layer, 1) != SQLITE_OK) abort();
}
