using BenchmarkDotNet.Running;
using SmartCity.SecurityCheck.Benchmarks;

if (args is ["hash-tree", var directory, .. var rest])
{
    int? threads = rest is [_, var number, ..] ? int.Parse(number) : null;
    return HashTree.Run(directory, rest.FirstOrDefault(), threads);
}

BenchmarkSwitcher.FromAssembly(typeof(Sm3Hashing).Assembly).Run(args);
return 0;
