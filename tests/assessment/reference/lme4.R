# Makes the designs of this folder and the values that tests compare with: Rscript lme4.R
# Components and effects are lme4's. Errors of prediction and the information are worked out here by
# inverting dense matrices, because lme4 takes the mean for known in its conditional variances.
suppressMessages(library(lme4))
RNGversion("4.0.0")

ratings <- function(seed, candidates, interviewers, each, spread, severity, error, whole = FALSE) {
  set.seed(seed)
  ability <- rnorm(candidates, 0, spread)
  kindness <- rnorm(interviewers, 0, severity)
  rows <- do.call(rbind, lapply(seq_len(candidates), function(i)
    data.frame(candidate = i, interviewer = sort(sample.int(interviewers, each[(i - 1) %% length(each) + 1])))))
  score <- 3 + ability[rows$candidate] + kindness[rows$interviewer] + rnorm(nrow(rows), 0, error)
  rows$score <- if (whole) pmin(5, pmax(1, round(score))) else round(score, 4)
  rows
}

named <- function(rows, from = 0) {
  rows$candidate <- sprintf("C%03d", rows$candidate + from)
  rows$interviewer <- sprintf("I%03d", rows$interviewer + from)
  rows
}

designs <- list(
  forty = named(ratings(1, 40, 12, 3, 0.7, 0.4, 0.7)),
  uneven = named(ratings(2, 15, 6, c(1, 2, 4, 6, 3), 0.8, 0.5, 0.6)),
  levels = named(ratings(3, 120, 20, c(2, 3, 4), 0.9, 0.4, 0.7, whole = TRUE)),
  parted = rbind(named(ratings(4, 12, 4, 3, 0.7, 0.5, 0.5)), named(ratings(5, 9, 3, 2, 0.7, 0.5, 0.5), 100)),
  alike = named(ratings(11, 16, 5, c(2, 3), 0.8, 0, 0.6)),
  equal = named(ratings(25, 18, 6, c(2, 3), 0, 0.6, 0.7)),
  severe = named(ratings(8, 30, 8, c(2, 3), 0.5, 1.5, 0.5))
)

tight <- lmerControl(optimizer = "nloptwrap", calc.derivs = FALSE, check.conv.singular = "ignore",
                     optCtrl = list(xtol_abs = 1e-12, ftol_abs = 1e-12, xtol_rel = 1e-12, ftol_rel = 1e-14, maxeval = 1e5))
expected <- NULL
keep <- function(design, quantity, name, value)
  expected <<- rbind(expected, data.frame(design, quantity, name, value = formatC(value, digits = 12, format = "g")))

for (name in names(designs)) {
  rows <- designs[[name]]
  model <- lmer(score ~ 1 + (1 | candidate) + (1 | interviewer), rows, control = tight)
  parts <- as.data.frame(VarCorr(model))
  v <- c(parts$vcov[parts$grp == "candidate"], parts$vcov[parts$grp == "interviewer"], sigma(model)^2)
  keep(name, "variance", c("candidate", "interviewer", "residual"), v)
  keep(name, "mean", "", fixef(model))
  keep(name, "criterion", "", REMLcrit(model))
  Zc <- model.matrix(~ 0 + factor(candidate), rows)
  Zr <- model.matrix(~ 0 + factor(interviewer), rows)
  one <- rep(1, nrow(rows))
  V <- list(tcrossprod(Zc), tcrossprod(Zr), diag(nrow(rows)))
  inverse <- solve(v[1] * V[[1]] + v[2] * V[[2]] + v[3] * V[[3]])
  P <- inverse - inverse %*% one %*% t(one) %*% inverse / sum(inverse)
  for (i in 1:3) for (j in 1:3)
    keep(name, "information", paste(i, j), sum(diag(P %*% V[[i]] %*% P %*% V[[j]])) / 2)
  if (name != "parted") {
    keep(name, "candidate", sort(unique(rows$candidate)), ranef(model)$candidate[, 1])
    keep(name, "interviewer", sort(unique(rows$interviewer)), ranef(model)$interviewer[, 1])
    # Var(u - u_hat) = G - G Z' P Z G
    keep(name, "candidate error", sort(unique(rows$candidate)), sqrt(diag(v[1] * diag(ncol(Zc)) - v[1]^2 * t(Zc) %*% P %*% Zc)))
    keep(name, "interviewer error", sort(unique(rows$interviewer)), sqrt(pmax(0, diag(v[2] * diag(ncol(Zr)) - v[2]^2 * t(Zr) %*% P %*% Zr))))
  }
  write.csv(rows, paste0(name, ".csv"), row.names = FALSE, quote = FALSE)
}
write.csv(expected, "expected.csv", row.names = FALSE, quote = FALSE)
