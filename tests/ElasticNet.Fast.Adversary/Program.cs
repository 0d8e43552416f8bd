using System.Globalization;
using ElasticNet.Fast.Adversary;

// Random hostile problems, each certificate judged in double-double arithmetic by code of its own: dotnet run -c Release [-- options].
// Exit code 0: every claim holds. 1: at least one is false, or something came back quietly that is no number, or threw from inside. 2: usage.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
if (Request.Parse(args) is not { } request)
{
    Console.Error.WriteLine(Request.Usage);
    return 2;
}

using Contestant contestant = new();
if (request.IsCheck)
    return new JudgeCheck(request, contestant).Run() ? 0 : 1;
if (request.HasFamilies)
    return new FamilyTournament(request, FamilyKind.Plain).Run() ? 0 : 1;
if (request.HasKinds)
    return new FamilyTournament(request, FamilyKind.Others).Run() ? 0 : 1;
if (!request.IsSingle)
    return new Tournament(request).Run() ? 0 : 1;

HostileProblem problem = ProblemFactory.Make(request.Seed, request.First, request.Only);
Listing.Write(Console.Out, problem);
Trial trial = Trial.Of(problem, contestant);
Listing.Write(Console.Out, trial);
Tally tally = new(problem.Class);
foreach (string sentence in tally.Add(trial))
    Console.WriteLine(sentence);
return tally.Failures == 0 ? 0 : 1;
