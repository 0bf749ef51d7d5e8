//! Sheets as HTML. The templates say how a sheet looks and nothing about what it means.

use askama::Template;

use crate::error::FormError;
use crate::sheet::{Block, Sheet};

#[derive(Template)]
#[template(path = "sheet.html")]
struct FragmentPage<'a> {
    sheet: &'a Sheet,
    title_level: u8,
    block_level: u8,
}

#[derive(Template)]
#[template(path = "document.html")]
struct DocumentPage<'a> {
    sheet: &'a Sheet,
    title_level: u8,
    block_level: u8,
}

/// The sheet as an `<article class="form-paper">` for a page that has its own main heading and styles.
///
/// # Errors
/// The template failed.
pub fn fragment(sheet: &Sheet) -> Result<String, FormError> {
    FragmentPage { sheet, title_level: 2, block_level: 3 }.render().map_err(FormError::Template)
}

/// The sheet as a document of its own: A4 when printed, readable on a phone, nothing loaded from outside.
///
/// # Errors
/// The template failed.
pub fn document(sheet: &Sheet) -> Result<String, FormError> {
    DocumentPage { sheet, title_level: 1, block_level: 2 }.render().map_err(FormError::Template)
}
