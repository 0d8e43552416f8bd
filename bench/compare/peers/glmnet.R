# glmnet as a peer of bench/compare: reads one command a line (tab-separated), answers one line that starts with "=".
# Only the call itself is timed, by R's own clock of processor time (user + system; resolution 1 ms).

reply <- function(...) {
  cat("=", paste(..., sep = "\t"), "\n", sep = "")
  flush(stdout())
}
if (!suppressWarnings(suppressPackageStartupMessages(require(glmnet, quietly = TRUE)))) {
  reply("failed", "glmnet is not installed")
  quit(status = 0)
}
# No early stop on a flat or saturated path: everybody solves every lambda.
invisible(glmnet.control(fdev = 0, devmax = 1))

digits <- function(x) format(x, digits = 17)
read <- function(path) readBin(path, "double", n = file.size(path) / 8)
timed <- function(expression) {
  invisible(gc())
  start <- proc.time()
  value <- force(expression)
  spent <- proc.time() - start
  list(value = value, cpu = spent[["user.self"]] + spent[["sys.self"]], wall = spent[["elapsed"]])
}

load_problem <- function(words) {
  folder <- words[2]
  x <<- read(file.path(folder, "x.bin"))
  shape <- as.integer(words[3:4])
  x <<- if (words[6] == "dense") matrix(x, shape[1], shape[2])
        else new("dgCMatrix", i = as.integer(read(file.path(folder, "rows.bin"))), p = as.integer(read(file.path(folder, "starts.bin"))),
                 x = x, Dim = shape)
  family <<- words[5]
  intercept <<- words[7] == "intercept"
  y <<- read(file.path(folder, "y.bin"))
  folds <<- as.integer(read(file.path(folder, "folds.bin")))
  reply("loaded")
}

solve_task <- function(words) {
  rho <- as.numeric(words[2])
  thresh <- as.numeric(words[3])
  lambdas <- read(words[4])
  run <- timed(suppressWarnings(
    glmnet(x, y, family = family, alpha = rho, lambda = lambdas, standardize = FALSE, intercept = intercept, thresh = thresh, maxit = 1e8)))
  fit <- run$value
  count <- if (length(fit$lambda) == length(lambdas)) length(lambdas) else 0L
  output <- file(words[5], "wb")
  if (count > 0) writeBin(as.double(fit$a0), output)
  # Slices of the grid: the dense table of all of it can be large.
  for (k in seq_len(count)) writeBin(as.double(fit$beta[, k]), output)
  close(output)
  if (count == 0) reply("failed", "glmnet gave up before the end of the path")
  else reply(digits(run$cpu), digits(run$wall), count)
}

# Linux: how far the resident memory rises, at its peak, above what it is before.
measure_memory <- function(words) {
  rho <- as.numeric(words[2])
  thresh <- as.numeric(words[3])
  lambdas <- read(words[4])
  status <- function(key) 1024 * as.numeric(gsub("[^0-9]", "", grep(key, readLines("/proc/self/status"), value = TRUE)))
  invisible(gc())
  cat("5", file = "/proc/self/clear_refs")
  before <- status("VmRSS")
  fit <- suppressWarnings(
    glmnet(x, y, family = family, alpha = rho, lambda = lambdas, standardize = FALSE, intercept = intercept, thresh = thresh, maxit = 1e8))
  reply(digits(status("VmHWM") - before))
}

# One lambda where something may be wrong: everything it says, and the coefficients.
tell <- function(words) {
  said <- character()
  loss <- switch(family, gamma = Gamma(link = "log"), tweedie = stop("has no Tweedie family"), family)
  factors <- rep(1, ncol(x))
  if (words[4] == "1") factors[1] <- 0
  fit <- withCallingHandlers(
    glmnet(x, y, family = loss, lambda = as.numeric(words[2]), standardize = FALSE, penalty.factor = factors,
           offset = if (length(words) > 4 && nzchar(words[5])) read(words[5])),
    warning = function(w) { said <<- c(said, conditionMessage(w)); invokeRestart("muffleWarning") })
  output <- file(words[3], "wb")
  if (length(fit$a0) > 0) writeBin(c(as.double(fit$a0)[1], as.double(fit$beta[, 1])), output)
  close(output)
  if (length(fit$a0) == 0) stop(paste(c("empty model", unique(said)), collapse = "; "))
  reply(gsub("[\t\n]", " ", paste(unique(said), collapse = "; ")))
}

cross_validate <- function(words) {
  rho <- as.numeric(words[2])
  thresh <- as.numeric(words[3])
  lambdas <- read(words[4])
  run <- timed(suppressWarnings(
    cv.glmnet(x, y, family = family, alpha = rho, lambda = lambdas, foldid = folds, standardize = FALSE, intercept = intercept,
              thresh = thresh, maxit = 1e8)))
  reply(digits(run$cpu), digits(run$wall), digits(run$value$lambda.min), digits(min(run$value$cvm)))
}

x <- y <- folds <- family <- intercept <- NULL
reply(paste0("glmnet ", packageDescription("glmnet")$Version, ", R ", getRversion()))
input <- file("stdin", "r")
repeat {
  line <- readLines(input, n = 1)
  if (length(line) == 0) break
  words <- strsplit(line, "\t", fixed = TRUE)[[1]]
  tryCatch(
    switch(words[1], load = load_problem(words), solve = solve_task(words), cv = cross_validate(words),
           memory = measure_memory(words), tell = tell(words),
           reply("failed", "unknown command")),
    error = function(e) reply("failed", gsub("[\t\n]", " ", conditionMessage(e))))
}
