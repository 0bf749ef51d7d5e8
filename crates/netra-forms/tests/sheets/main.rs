//! Sheets and dossiers of a docket that holds every kind of act. One program, so that it is linked once.

#[cfg(test)]
mod docket;
#[cfg(test)]
mod dossier;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod privacy;
