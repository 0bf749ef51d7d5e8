//! Printing official forms: much computing, so it is done away from the threads that answer requests, and only
//! so many at a time.

use std::sync::Arc;

use netra_docket::entry::Entry;
use netra_docket::matter::Matter;
use netra_forms::paper::{self, Printed};
use netra_forms::sheet::Sheet;
use netra_law::time::Moment;
use netra_press::{Press, PressError};
use tokio::sync::Semaphore;

/// How many forms are printed at a time: the others wait, and the processors stay free for pages.
const AT_A_TIME: usize = 2;

/// A press with a queue in front of it.
pub struct Printer {
    press: Press,
    permits: Arc<Semaphore>,
}

/// What is to be printed.
pub(crate) struct Job {
    /// The act.
    pub(crate) entry: Entry,
    /// The matter as it stood once the act was done.
    pub(crate) then: Matter,
    /// What its form says.
    pub(crate) sheet: Sheet,
}

/// Why nothing was printed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotPrinted {
    /// The catalogue has no form for such an act on its day.
    #[error("no form in the catalogue is made for this act")]
    NoForm,
    /// The press failed.
    #[error("a form could not be printed")]
    Press(#[from] PressError),
    /// The server is stopping.
    #[error("printing was cut off")]
    CutOff,
}

impl Printer {
    /// Puts a queue in front of a press.
    pub fn new(press: Press) -> Printer {
        Printer { press, permits: Arc::new(Semaphore::new(AT_A_TIME)) }
    }

    /// The press.
    pub fn press(&self) -> &Press {
        &self.press
    }

    /// Prints a form when its turn comes. The address, where the record can be looked up, becomes a QR code.
    pub(crate) async fn print(self: &Arc<Self>, job: Job, address: String) -> Result<Printed, NotPrinted> {
        self.in_turn(move |press| print_one(press, &job, &address)).await
    }

    /// Prints the form that an act has beside that of the whole when its turn comes: the letters of an appeal.
    pub(crate) async fn print_extract(self: &Arc<Self>, job: Job, address: String) -> Result<Printed, NotPrinted> {
        self.in_turn(move |press| {
            let form = paper::extract_for(press, &job.entry, &job.then).ok_or(NotPrinted::NoForm)?;
            Ok(paper::print(press, form, &job.entry, &job.sheet, Some(address.as_str()))?)
        })
        .await
    }

    /// Prints a whole file when its turn comes.
    pub(crate) async fn print_file(
        self: &Arc<Self>,
        matter: Matter,
        sheets: Vec<Sheet>,
        office: String,
        made: Moment,
    ) -> Result<Vec<u8>, NotPrinted> {
        self.in_turn(move |press| Ok(paper::print_file(press, &matter, &sheets, &office, made)?)).await
    }

    /// Prints a yearly report of the statistics when its turn comes; the work brings what it says along.
    pub(crate) async fn print_yearly(
        self: &Arc<Self>,
        work: impl FnOnce(&Press) -> Result<Vec<u8>, PressError> + Send + 'static,
    ) -> Result<Vec<u8>, NotPrinted> {
        self.in_turn(move |press| Ok(work(press)?)).await
    }

    async fn in_turn<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Press) -> Result<T, NotPrinted> + Send + 'static,
    ) -> Result<T, NotPrinted> {
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| NotPrinted::CutOff)?;
        let printer = Arc::clone(self);
        let printing = tokio::task::spawn_blocking(move || {
            // Held until the work is done, also when nobody waits for it any more.
            let _permit = permit;
            work(&printer.press)
        });
        printing.await.map_err(|_| NotPrinted::CutOff)?
    }
}

fn print_one(press: &Press, job: &Job, address: &str) -> Result<Printed, NotPrinted> {
    let form = paper::form_for(press, &job.entry, &job.then).ok_or(NotPrinted::NoForm)?;
    Ok(paper::print(press, form, &job.entry, &job.sheet, Some(address))?)
}
