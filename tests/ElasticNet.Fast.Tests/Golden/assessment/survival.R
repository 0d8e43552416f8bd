# Writes veteran.json and simcoxss.json: Rscript survival.R, here. R 4.2.2, survival 3.5-3.
library(survival)

number <- function(v) ifelse(is.finite(v), sprintf("%.17g", v), "null")
one <- function(name, v) sprintf('"%s":%s', name, number(v))
many <- function(name, v) sprintf('"%s":[%s]', name, paste(number(as.numeric(v)), collapse = ","))
object <- function(name, ...) sprintf('"%s":{%s}', name, paste(c(...), collapse = ","))
save <- function(file, call, ...) cat(sprintf('{"tool":"survival","version":"%s","call":"%s",%s}\n', packageVersion("survival"), call, paste(c(...), collapse = ",")), file = file)

zph <- function(fit, transform) {
  test <- cox.zph(fit, transform = transform, terms = FALSE)
  object(transform, many("chisq", test$table[, "chisq"]), many("p", test$table[, "p"]))
}

residualsOf <- function(fit) c(
  many("martingale", residuals(fit, type = "martingale")), many("deviance", residuals(fit, type = "deviance")),
  many("schoenfeld", residuals(fit, type = "schoenfeld")), many("scaledschoenfeld", residuals(fit, type = "scaledsch")))

# Ties, no late entry: 137 patients. Two thirds are fitted, the others assessed by the fit's curves.
x <- as.matrix(read.csv("../data/veteran.x.csv")); y <- read.csv("../data/veteran.y.csv")
d <- data.frame(time = y$time, status = y$status, x)
d$time[d$time > 300] <- d$time[d$time > 300] + 0.5
d$status[seq(5, nrow(d), by = 7)] <- 0  # more censoring than there is
train <- seq_len(nrow(d)) %% 3 != 0
times <- c(50, 100, 200)
for (ties in c("efron", "breslow")) {
  fit <- coxph(Surv(time, status) ~ ., data = d[train, ], ties = ties, control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 50))
  new <- d[!train, ]
  lp <- as.vector(as.matrix(new[, -(1:2)]) %*% coef(fit))
  curves <- survfit(fit, newdata = new)
  S <- t(summary(curves, times = times, extend = TRUE)$surv)
  G <- survfit(Surv(time, 1 - status) ~ 1, data = transform(new, time = ifelse(status == 0, time + 1e-6, time)))
  at <- function(t, left = FALSE) { f <- stepfun(G$time, c(1, G$surv), right = left); f(t) }
  km <- survfit(Surv(time, status) ~ 1, data = new)
  ibs <- sapply(seq_along(times), function(k) {
    w <- ifelse(new$time <= times[k] & new$status == 1, 1 / at(new$time, TRUE), ifelse(new$time > times[k], 1 / at(times[k] + 1e-6), 0))
    state <- as.numeric(new$time > times[k])
    p0 <- summary(km, times = times[k])$surv
    cases <- which(new$time <= times[k] & w > 0); controls <- which(new$time > times[k])
    wins <- outer(lp[cases], lp[controls], function(a, b) (a > b) + 0.5 * (a == b))
    c(sum(w * (state - S[, k])^2) / nrow(new), sum(w * (state - p0)^2) / nrow(new), sum(w) / nrow(new),
      sum(outer(w[cases], w[controls]) * wins) / (sum(w[cases]) * sum(w[controls])))
  })
  harrell <- concordance(Surv(time, status) ~ lp, data = new, reverse = TRUE)
  uno <- concordance(Surv(time, status) ~ lp, data = new, reverse = TRUE, timewt = "n/G2")
  unoTo <- concordance(Surv(time, status) ~ lp, data = new, reverse = TRUE, timewt = "n/G2", ymax = 200)
  slope <- coxph(Surv(time, status) ~ lp, data = new, ties = ties, control = coxph.control(eps = 1e-14, toler.chol = 1e-15))
  steps <- summary(km, times = times)
  H <- basehaz(fit, centered = FALSE)
  expected <- sum(stepfun(H$time, c(0, H$hazard))(new$time) * exp(lp))
  save(sprintf("veteran.%s.json", ties), "survival.R: coxph on two thirds of veteran, the others assessed",
    many("coefficients", coef(fit)), many("times", times), many("lp", lp), object("kaplanMeier", many("surv", steps$surv), many("stderr", steps$std.err)),
    many("brier", ibs[1, ]), many("nullBrier", ibs[2, ]), many("weight", ibs[3, ]), many("auc", ibs[4, ]),
    one("harrell", harrell$concordance), one("uno", uno$concordance), one("unoTo200", unoTo$concordance), one("slope", coef(slope)), one("expected", expected),
    many("loglik", slope$loglik), one("loglikAtOne", coxph(Surv(time, status) ~ offset(lp), data = new, ties = ties)$loglik[1]),
    residualsOf(fit), object("zph", zph(fit, "km"), zph(fit, "identity"), zph(fit, "log")))
}

# Late entry, ties, strata, weights: 220 rows.
x <- as.matrix(read.csv("../data/simcoxss.x.csv"))[, 1:4]; y <- read.csv("../data/simcoxss.y.csv")
i <- seq_len(nrow(y))
d <- data.frame(y, x, w = 1 + (i %% 4) / 4, s = i %% 3)
for (ties in c("efron", "breslow")) {
  fit <- coxph(Surv(start, stop, status) ~ x1 + x2 + x3 + x4 + strata(s), data = d, weights = w, ties = ties, control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 50))
  d$lp <- as.vector(x %*% coef(fit))
  plain <- coxph(Surv(start, stop, status) ~ x1 + x2 + x3 + x4, data = d, ties = ties, control = coxph.control(eps = 1e-14, toler.chol = 1e-15, iter.max = 50))
  km <- summary(survfit(Surv(start, stop, status) ~ 1, data = d, weights = w), times = c(2, 4, 6, 8))
  save(sprintf("simcoxss.%s.json", ties), "survival.R: coxph on simcoxss, x1 to x4, weights and strata by the number of the row",
    many("coefficients", coef(fit)), object("kaplanMeier", many("times", km$time), many("surv", km$surv), many("stderr", km$std.err)),
    one("harrell", concordance(Surv(start, stop, status) ~ lp + strata(s), data = d, weights = w, reverse = TRUE)$concordance),
    residualsOf(fit), object("zph", zph(fit, "identity"), zph(fit, "log")),
    object("plain", many("coefficients", coef(plain)), object("zph", zph(plain, "km"), zph(plain, "identity"))))
}
