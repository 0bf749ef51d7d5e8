//! A file out of an exhibit's archive, handed out like an exhibit: as a download under a name of our own, never shown.

use std::ops::ControlFlow;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::response::Response;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use netra_evidence::MediaType;
use netra_evidence::chat::{Archive, ChatError, Options};
use netra_store::{BlobFile, CustodyKind, Touch};
use tokio::sync::mpsc;

use super::super::custody;
use super::source::{self, Container, refused};
use crate::app::App;
use crate::desk::paper::{download, ending, number};
use crate::desk::session::Officer;
use crate::error::{PageError, chain};

/// Pieces that wait for a slow reader.
const WAITING: usize = 2;

/// Looks a file up by its place in the archive. What was left alone as unsafe is not found.
pub(super) async fn give(
    State(app): State<App>,
    officer: Officer,
    Path((id, no, place)): Path<(String, String, String)>,
) -> Result<Response, PageError> {
    let found = source::find(&app, &officer, &id, &no).await?;
    let place: usize = number(&place)?;
    if found.container != Container::Archive {
        return Err(PageError::NotFound);
    }
    let file = found.file(&app).await?;
    let (send, mut receive) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || unpack(file, place, &send));
    let first: Bytes = receive.recv().await.ok_or(PageError::NotFound)?.map_err(refused)?;
    let name =
        format!("bukti-{:03}-isi-{place:05}.{}", found.exhibit.no.0, ending(MediaType::detect(&first).essence()));
    let copied = vec![Touch::new(found.exhibit.no, CustodyKind::CopiedOut)];
    custody::note(&app, &officer, found.opened.docket.matter.id, copied).await?;
    let rest = stream::unfold(receive, |mut receive| async move {
        let piece: Result<Bytes, ChatError> = receive.recv().await?;
        Some((piece, receive))
    });
    let rest = rest.inspect_err(|error| {
        tracing::error!(error = %chain(error), "a file of an archive could not be handed out to its end");
    });
    let first = stream::iter([Ok::<Bytes, ChatError>(first)]);
    download("application/octet-stream", &name, Body::from_stream(first.chain(rest)))
}

/// Sends the bytes of a file as they are unpacked, at least one piece of a file that is there.
fn unpack(file: BlobFile, place: usize, send: &mpsc::Sender<Result<Bytes, ChatError>>) {
    let unpacked = Archive::glance(file, &Options::default()).and_then(|mut archive| {
        archive.read_member(place, |piece| match send.blocking_send(Ok(Bytes::copy_from_slice(piece))) {
            Ok(()) => ControlFlow::Continue(()),
            // The reader has gone away.
            Err(_) => ControlFlow::Break(()),
        })
    });
    let last = match unpacked {
        Ok(Some(0)) => Ok(Bytes::new()),
        Ok(_) => return,
        Err(error) => Err(error),
    };
    let _ = send.blocking_send(last);
}
