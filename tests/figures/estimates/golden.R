# Prints name and value of what R's survey says of its own data sets, for tests/figures/estimates/test_against_r.py.
suppressMessages(library(survey))
data(api); data(election)
say <- function(name, ...) cat(name, sprintf("%.12g", c(...)), "\n")
say("enroll", apisrs$enroll); say("api99", apisrs$api99); say("api00", apisrs$api00)
srs <- svydesign(id = ~1, fpc = ~fpc, data = apisrs)
total <- svytotal(~enroll, srs); say("srs", coef(total), SE(total), apisrs$fpc[1])
ratio <- svyratio(~api.stu, ~enroll, srs); say("ratio", coef(ratio), SE(ratio)); say("api.stu", apisrs$api.stu)
for (kind in c("E", "H", "M")) {
  part <- apistrat[apistrat$stype == kind, ]
  say(paste0("stratum", kind), part$fpc[1], part$enroll)
}
total <- svytotal(~enroll, svydesign(id = ~1, strata = ~stype, fpc = ~fpc, data = apistrat))
say("stratified", coef(total), SE(total))
cat("bush", sprintf("%.17g", election_pps$Bush), "\n")
cat("p", sprintf("%.17g", election_pps$p), "\n")
cat("squares", sprintf("%.17g", sum(election$p^2)), "\n")
cat("joint", sprintf("%.17g", as.vector(election_jointprob)), "\n")
error <- function(...) SE(svytotal(~Bush, svydesign(id = ~1, fpc = ~p, data = election_pps, ...)))
q <- sum(election$p^2) / 40
say("brewer", error(pps = "brewer"))
say("yates_grundy", error(pps = ppsmat(election_jointprob), variance = "YG"))
say("horvitz_thompson", error(pps = ppsmat(election_jointprob), variance = "HT"))
say("hartley_rao_ht", error(pps = HR(q), variance = "HT"))
say("hartley_rao_yg", error(pps = HR(q), variance = "YG"))
say("hartley_rao_own", error(pps = HR(), variance = "HT"))
say("with_replacement", SE(svytotal(~Bush, svydesign(id = ~1, probs = ~p, data = election_pps))))
say("t", qt(c(0.9, 0.975, 0.995), c(1, 8, 99))); say("gamma", qgamma(0.95, c(1, 2.5, 6)))
say("beta", qbeta(0.95, c(1, 4, 30), c(60, 57, 31))); say("hyper", phyper(2, 15, 45, 18), phyper(0, 3, 57, 10))
