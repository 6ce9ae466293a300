using BenchmarkDotNet.Running;
using SmartCity.SecurityCheck.Benchmarks;

if (args is ["hash-tree", var directory, .. var rest])
{
    return HashTree.Run(directory, rest.FirstOrDefault());
}

BenchmarkSwitcher.FromAssembly(typeof(Sm3Hashing).Assembly).Run(args);
return 0;
