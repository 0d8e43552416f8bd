// The bits of answers: written at one commit, compared at another.
using ElasticNet.Fast.Hash;

string[] sizes = args is ["write", _, var list] ? list.Split(',') : ["tall-10k", "square", "wide"];
switch (args)
{
    case ["write", var file, ..] when args.Length <= 3:
        HashFile.Write(file, Answers.Of(sizes), Console.Error.WriteLine);
        return 0;
    case ["compare", var before, var after]:
        return HashFile.Compare(HashFile.Read(before), HashFile.Read(after), Console.Out) ? 0 : 1;
    default:
        Console.Error.WriteLine("usage: Hash write FILE [PROBLEM,…]    |    Hash compare FILE FILE");
        return 2;
}
