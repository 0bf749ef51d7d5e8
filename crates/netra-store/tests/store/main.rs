//! The store as its callers use it, on a real folder. One program, so that it is linked once.

#[cfg(test)]
mod accounts;
#[cfg(test)]
mod blobs;
#[cfg(test)]
mod calendar;
#[cfg(test)]
mod common;
#[cfg(test)]
mod concurrency;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod integrity;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod record;
