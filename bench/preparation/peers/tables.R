# Three tables with missing values as CSV: tables.R FOLDER. Prints the names of those whose package is installed.
folder <- commandArgs(TRUE)[1]
keep <- function(name, table) {
  write.csv(table, file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "")
  cat(name, "\n", sep = "")
}
keep("airquality", datasets::airquality)
if (requireNamespace("survival", quietly = TRUE)) {
  # What was known when the patient came; the target on the scale that the literature uses.
  pbc <- survival::pbc
  pbc$log.bili <- log(pbc$bili)
  keep("pbc", pbc[setdiff(names(pbc), c("id", "time", "status", "bili"))])
}
if (requireNamespace("MASS", quietly = TRUE)) {
  # The other hand would tell it all.
  keep("survey", MASS::survey[!is.na(MASS::survey$Wr.Hnd), setdiff(names(MASS::survey), "NW.Hnd")])
}
