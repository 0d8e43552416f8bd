# glmnet as the peer of "compare outputs": classes, responses and survival. Reads one command a line (tab-separated), answers one line
# that starts with "=". Only the call itself is timed, by R's own clock of processor time (user + system; resolution 1 ms).

reply <- function(...) {
  cat("=", paste(..., sep = "\t"), "\n", sep = "")
  flush(stdout())
}
if (!suppressWarnings(suppressPackageStartupMessages(require(glmnet, quietly = TRUE) && require(survival, quietly = TRUE)))) {
  reply("failed", "glmnet or survival is not installed")
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
  n <- as.integer(words[3])
  x <<- matrix(read(file.path(folder, "x.bin")), n)
  raw <- matrix(read(file.path(folder, "y.bin")), n)
  family <<- switch(words[5], multigaussian = "mgaussian", words[5])
  grouped <<- words[8] == "grouped"
  y <<- switch(family, multinomial = factor(raw[, 1]), mgaussian = raw, cox = Surv(raw[, 1], raw[, 2]))
  folds <<- as.integer(read(file.path(folder, "folds.bin")))
  reply("loaded")
}

arguments <- function(words) {
  list(x = x, y = y, family = family, alpha = as.numeric(words[2]), lambda = read(words[4]), standardize = FALSE,
       thresh = as.numeric(words[3]), maxit = 1e8, type.multinomial = if (grouped) "grouped" else "ungrouped")
}

solve_task <- function(words) {
  asked <- arguments(words)
  run <- timed(suppressWarnings(do.call(glmnet, asked)))
  fit <- run$value
  if (length(fit$lambda) < length(asked$lambda)) stop("gave up before the end of the path")
  output <- file(words[5], "wb")
  # Every tenth solution, output after output: intercept, then coefficients.
  for (k in seq(10, length(fit$lambda), by = 10)) {
    if (family == "cox") writeBin(c(0, as.double(fit$beta[, k])), output)
    else for (class in seq_along(fit$beta)) writeBin(c(as.double(fit$a0[class, k]), as.double(fit$beta[[class]][, k])), output)
  }
  close(output)
  reply(digits(run$cpu), digits(run$wall), 0)
}

cross_validate <- function(words) {
  run <- timed(suppressWarnings(do.call(cv.glmnet, c(arguments(words), list(foldid = folds)))))
  reply(digits(run$cpu), digits(run$wall), digits(run$value$lambda.min), digits(min(run$value$cvm)))
}

x <- y <- folds <- family <- grouped <- NULL
reply(paste0("glmnet ", packageDescription("glmnet")$Version, ", survival ", packageDescription("survival")$Version, ", R ", getRversion()))
input <- file("stdin", "r")
repeat {
  line <- readLines(input, n = 1)
  if (length(line) == 0) break
  words <- strsplit(line, "\t", fixed = TRUE)[[1]]
  tryCatch(
    switch(words[1], load = load_problem(words), solve = solve_task(words), cv = cross_validate(words), reply("failed", "unknown command")),
    error = function(e) reply("failed", gsub("[\t\n]", " ", conditionMessage(e))))
}
