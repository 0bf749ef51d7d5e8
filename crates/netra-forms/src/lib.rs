//! Official forms, rendered from the docket
