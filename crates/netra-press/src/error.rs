//! Why there is no paper.

use std::path::PathBuf;

/// Why a form can't be printed. No message quotes a value of a paper: it may be personal data.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// A folder of templates can't be read.
    #[error("the templates in {path} can't be read: name a folder that looks like forms/")]
    Folder {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Catalogue and templates do not fit together.
    #[error("the forms have faults: {}", .0.join("; "))]
    Faults(Vec<String>),
    /// A paper lacks a field that its form must have.
    #[error("form {form}: the paper has no '{field}', which forms.toml requires")]
    MissingField {
        /// Id of the form.
        form: String,
        /// Name of the field.
        field: String,
    },
    /// The form is not one of this press.
    #[error("form {0} is not in forms.toml")]
    NoSuchForm(String),
    /// A paper can't be written as JSON.
    #[error("a paper can't be written as JSON")]
    Json(#[from] serde_json::Error),
    /// A template fails.
    #[error("form {form}: its template fails: {}", .faults.join("; "))]
    Template {
        /// Id of the form.
        form: String,
        /// Place and message of each fault.
        faults: Vec<String>,
    },
    /// The pages can't be written as PDF/A.
    #[error("form {form}: its pages can't be written as PDF/A: {}", .faults.join("; "))]
    Export {
        /// Id of the form.
        form: String,
        /// What the exporter said, without the text that it said it about.
        faults: Vec<String>,
    },
}
