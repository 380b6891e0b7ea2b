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
    /// Addresses whose form stands on a page that their own does not tell.
    stands: Vec<(&'static str, &'static str)>,
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

    /// The form of an address that takes only POST stands on this page, not on the nearest one above it.
    #[must_use]
    pub fn stands_at(mut self, path: &'static str, page: &'static str) -> Self {
        self.stands.push((path, page));
        self
    }

    /// These and another room's.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.declared.extend(other.declared);
        self.stands.extend(other.stands);
        self
    }

    /// The router to serve. Whoever opens an address that takes only POST, by loading it again or from a bookmark, is led to
    /// the page with its form, which says itself who may see it.
    pub fn into_router(self) -> Router<AppState> {
        let is_page = |path: &str| self.declared.iter().any(|one| one.method == "GET" && one.path == path);
        let led = self.declared.iter().filter(|one| one.method == "POST" && !is_page(one.path)).filter_map(|one| {
            let (page, path) = (self.page_for(one.path)?, one.path);
            let route = routing::get(move |request: Request| async move {
                super::Reply::to(filled(page.path, path, request.uri().path()))
            });
            Some((path, page.tier, route))
        });
        let led: Vec<_> = led.collect();
        let mut router = self.router;
        for (path, tier, route) in led {
            let guarded = route.route_layer(from_fn(move |request: Request, next: Next| admit(tier, request, next)));
            router = router.route(path, guarded);
        }
        router
    }

    /// The page on which the form of an address stands: where its room says so; else the page to make or to change such a
    /// thing; else the nearest page above it.
    fn page_for(&self, path: &str) -> Option<Declared> {
        let page = |wanted: &str| self.declared.iter().find(|one| one.method == "GET" && one.path == wanted).copied();
        if let Some((_, at)) = self.stands.iter().find(|(of, _)| *of == path) {
            return page(at);
        }
        let beside = ["new", "edit"].into_iter().find_map(|last| page(&format!("{path}/{last}")));
        let mut above = path;
        beside.or_else(|| {
            loop {
                above = above.rsplit_once('/')?.0;
                if let Some(found) = page(if above.is_empty() { "/" } else { above }) {
                    return Some(found);
                }
            }
        })
    }

    /// The list, for the tests that hold the house.
    #[must_use]
    pub fn declared(&self) -> &[Declared] {
        &self.declared
    }
}

/// The address of `page` with the parameters that `path` matched in `asked`.
fn filled(page: &str, path: &str, asked: &str) -> String {
    let value =
        |name: &str| path.split('/').zip(asked.split('/')).find_map(|(part, value)| (part == name).then_some(value));
    let parts: Vec<&str> =
        page.split('/').map(|part| value(part).filter(|_| part.starts_with('{')).unwrap_or(part)).collect();
    parts.join("/")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_page_leads_to_that_of_its_form() {
        let mut routes = Routes::new().stands_at("/p/{key}/cases/{number}/choose", "/p/{key}/cases/{number}/options");
        let pages =
            ["/", "/p/{key}", "/p/{key}/cases/{number}", "/p/{key}/cases/{number}/options", "/p/{key}/cases/new"];
        routes.declared.extend(pages.map(|path| Declared { method: "GET", path, tier: Tier::Project }));
        for (path, asked, expected) in [
            ("/p/{key}/cases/{number}/choose", "/p/GEO/cases/3/choose", "/p/GEO/cases/3/options"),
            ("/p/{key}/cases/{number}/close", "/p/GEO/cases/3/close", "/p/GEO/cases/3"),
            ("/p/{key}/cases/{number}/a/b/{id}", "/p/GEO/cases/3/a/b/9", "/p/GEO/cases/3"),
            ("/p/{key}/cases", "/p/GEO/cases", "/p/GEO/cases/new"),
            ("/p/{key}/parts/{id}", "/p/GEO/parts/%E5%88%9B", "/p/GEO"),
            ("/sign-out", "/sign-out", "/"),
        ] {
            let page = routes.page_for(path).unwrap();
            assert_eq!(filled(page.path, path, asked), expected);
        }
    }
}
