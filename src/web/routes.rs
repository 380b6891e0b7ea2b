//! Every route says who may come in at all. A route without a tier does not compile, and a test compares the list with
//! the written table of route × person.

use super::{AppState, Error, shell::Shell};
use axum::{
    Router,
    extract::{FromRequestParts, Request},
    handler::Handler,
    http::{Method, request::Parts},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing,
};
use std::sync::Arc;

/// Who may come in at all; the extractors of a room then prove the rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tier {
    /// Anybody.
    Public,
    /// Anybody signed in, guests included.
    SignedIn,
    /// Signed in and not a guest.
    Colleague,
    /// Runs the installation.
    Administrator,
    /// Signed in; an extractor of the projects room or above decides about the project named in the address.
    Project,
}

/// One line of the list of routes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// As axum matches it: `/p/{key}/tasks/{number}`.
    pub path: &'static str,
    /// Who may come in.
    pub tier: Tier,
}

/// A room's routes with their tiers.
#[derive(Debug, Default)]
pub struct Routes {
    router: Router<AppState>,
    declared: Vec<Declared>,
}

impl Routes {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A page.
    #[must_use]
    pub fn get<H, A>(self, tier: Tier, path: &'static str, handler: H) -> Self
    where
        H: Handler<A, AppState>,
        A: 'static,
    {
        self.add("GET", tier, path, routing::get(handler))
    }

    /// An action.
    #[must_use]
    pub fn post<H, A>(self, tier: Tier, path: &'static str, handler: H) -> Self
    where
        H: Handler<A, AppState>,
        A: 'static,
    {
        self.add("POST", tier, path, routing::post(handler))
    }

    fn add(
        mut self,
        method: &'static str,
        tier: Tier,
        path: &'static str,
        route: routing::MethodRouter<AppState>,
    ) -> Self {
        let guarded = route.route_layer(from_fn(move |request: Request, next: Next| admit(tier, request, next)));
        self.router = self.router.route(path, guarded);
        self.declared.push(Declared { method, path, tier });
        self
    }

    /// These and another room's.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self
    }

    /// The router to serve.
    pub fn into_router(self) -> Router<AppState> {
        self.router
    }

    /// The list, for the tests that hold the house.
    #[must_use]
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }
}

async fn admit(tier: Tier, request: Request, next: Next) -> Response {
    let shell = request.extensions().get::<Arc<Shell>>();
    let signed_in = shell.is_some_and(|shell| shell.viewer.is_some());
    let refused = match tier {
        Tier::Public => None,
        _ if !signed_in => Some(Error::SignIn),
        Tier::SignedIn | Tier::Project => None,
        Tier::Colleague => shell.is_some_and(|shell| shell.is_guest()).then_some(Error::NotFound),
        Tier::Administrator => {
            if shell.is_some_and(|shell| shell.is_administrator()) {
                None
            } else if shell.is_some_and(|shell| shell.is_guest()) {
                Some(Error::NotFound)
            } else {
                Some(Error::Forbidden)
            }
        }
    };
    match refused {
        None => next.run(request).await,
        Some(Error::SignIn) => {
            let back = if request.method() == Method::GET {
                request.uri().path_and_query().map_or("/", |path| path.as_str())
            } else {
                "/"
            };
            let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", back).finish();
            super::Reply::to(if back == "/" { "/sign-in".to_owned() } else { format!("/sign-in?{query}") })
                .into_response()
        }
        Some(error) => error.into_response(),
    }
}

impl<S: Sync> FromRequestParts<S> for Shell {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Error> {
        parts
            .extensions
            .get::<Arc<Self>>()
            .map(|shell| Self::clone(shell))
            .ok_or_else(|| Error::internal("a route outside of the frame"))
    }
}
