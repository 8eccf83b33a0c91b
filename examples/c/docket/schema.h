/* The tables of a docket, as the statements that make them. */
#ifndef DOCKET_SCHEMA_H
#define DOCKET_SCHEMA_H

/* "dckt", in the header of the SQLite file: `file` and `docket` know it by this. */
#define SCHEMA_APPLICATION 0x64636b74
#define SCHEMA_VERSION 1

/* One statement each, closed by NULL. */
extern const char *const schema_statements[];

#endif
