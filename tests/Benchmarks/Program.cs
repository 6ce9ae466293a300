using BenchmarkDotNet.Running;
using SmartCity.SecurityCheck.Benchmarks;

if (args is ["hash-tree", var directory, .. var rest])
{
    int? threads = rest is [_, var limit, ..] ? int.Parse(limit) : null;
    return HashTree.Run(directory, rest.FirstOrDefault(), threads);
}

if (args is ["scan-many", var count, .. var more])
{
    return await ScanMany.RunAsync(int.Parse(count), more is [var parallel, ..] ? int.Parse(parallel) : 8, more.ElementAtOrDefault(1));
}

if (args is ["randomness", var bits, var samples])
{
    return RandomnessSpeed.Run(int.Parse(bits), int.Parse(samples));
}

if (args is ["record-signatures", var records, .. var signers])
{
    return await RecordSignatureSpeed.RunAsync(int.Parse(records), signers is [var number, ..] ? int.Parse(number) : 1);
}

if (args is ["cpu-ratios"])
{
    return CpuRatios.Run();
}

if (args is ["tokenize", var tree])
{
    return TokenizeTree.Run(tree);
}

if (args is ["parse-java", var java])
{
    return ParseJavaTree.Run(java);
}

if (args is ["compare-java", var compared, var repository])
{
    return CompareJavaTree.Run(compared, repository);
}

if (args is ["score-java", var scored, var tables, .. var expectations])
{
    return ScoreJavaTree.Run(scored, tables, expectations.FirstOrDefault(), expectations.ElementAtOrDefault(1));
}

if (args is ["again-java", var gone, var goneTables, var goneTo, .. var goneCache])
{
    return AgainJavaTree.Run(gone, goneTables, goneTo, goneCache.FirstOrDefault());
}

if (args is ["sweep", var swept, var rulesets, .. var repeats])
{
    return SweepTree.Run(swept, rulesets, repeats is [var often, ..] ? int.Parse(often) : 3);
}

if (args is ["cached-sweep", var sources, var ruleFolder])
{
    return CachedSweep.Run(sources, ruleFolder);
}

if (args is ["archive-package" or "archive-ofd", var package, var archiveRules, .. var profile])
{
    return await ArchiveSpeed.RunAsync(args[0], package, archiveRules, profile is [var chosen, ..] ? chosen : "p-zwfw");
}

BenchmarkSwitcher.FromAssembly(typeof(Sm3Hashing).Assembly).Run(args);
return 0;
