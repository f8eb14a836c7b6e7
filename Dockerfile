# Serves the built handbook: without root, and from a file system that nothing can write to. See the page "Host it" of the
# handbook.
#
#     handbook build --strict --versions
#     docker build --tag handbook .
#     docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --publish 8080:8080 handbook

# Add the digest of the image in your registry, as in nginx:1.28-alpine@sha256:..., to pin it.
FROM nginx:1.28-alpine

COPY container/nginx.conf /etc/nginx/nginx.conf
COPY site/ /srv/handbook/

# The user and group `nginx`. Other users can run it, too: nothing belongs to this one.
USER 101:101
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=3s CMD ["wget", "--quiet", "--spider", "http://127.0.0.1:8080/-/health"]

# Not the start script of the image, which changes the configuration.
ENTRYPOINT ["nginx"]
CMD ["-g", "daemon off;"]
