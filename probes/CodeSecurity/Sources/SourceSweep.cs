using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads and tokenizes every file of a tree once, side by side, and lets all examiners look at it; texts are let go file by file.</summary>
internal sealed class SourceSweep
{
    /// <summary>Defects and uses of one examiner beyond which nobody reads on; the rest is dropped in order of the paths, and told.</summary>
    private const int MostFindings = 200_000;

    /// <summary>Beyond so many none is kept even while the pass goes on.</summary>
    private const int MostKept = 5 * MostFindings;

    private readonly SourceReader _reader;
    private readonly IReadOnlyList<ISourceExaminer> _examiners;
    private readonly LeftOutTally _leftOut;
    private readonly List<ExaminerFault> _faults = [];
    private readonly SweptFile?[] _files;
    private readonly SourceFindings?[][] _findings;
    private readonly int[] _counts;
    private readonly SourceListing _listing;
    private readonly SweepCache? _cache;

    private SourceSweep(FileTree tree, SourceListing listing, IReadOnlyList<ISourceExaminer> examiners, SourceLimits limits, SweepCache? cache)
    {
        (_reader, _listing, _examiners, _cache) = (new SourceReader(tree, limits), listing, examiners, cache);
        _leftOut = LeftOutTally.Continue(listing, limits.LeftOut);
        _files = new SweptFile?[listing.Files.Count];
        _findings = [.. examiners.Select(_ => new SourceFindings?[listing.Files.Count])];
        _counts = new int[examiners.Count];
    }

    /// <summary>The pass of this run over the tree with every examiner there is; probes that ask for the same tree share it.</summary>
    /// <exception cref="UnableException">There is no such folder.</exception>
    public static Task<SweptTree> OfAsync(SourceTree target, ProbeContext context, CancellationToken cancellation) =>
        context.Shared.GetAsync(
            $"code.sweep {target.TargetId}",
            token => Task.Run(() => Run(target.Path, SourceExaminers.Of(context), context.Log, token, cacheFolder: context.CacheFolder), token),
            cancellation);

    /// <param name="root">Of the tree.</param>
    /// <param name="examiners">With different ids.</param>
    /// <param name="log">Told of beginning and end.</param>
    /// <param name="cancellation">Stops between two files.</param>
    /// <param name="limits">Those of the product where null.</param>
    /// <param name="cacheFolder">Null for none.</param>
    public static SweptTree Run(string root, IReadOnlyList<ISourceExaminer> examiners, ILogger log, CancellationToken cancellation, SourceLimits? limits = null, string? cacheFolder = null)
    {
        var bounds = limits ?? SourceLimits.Default;
        var listing = SourceWalk.List(root, bounds, cancellation);
        log.LogInformation("源代码目录 {Root}：{Files} 个文件待读", root, listing.Files.Count);
        var cache = SweepCache.Open(cacheFolder, Path.GetFullPath(root), examiners);
        var sweep = new SourceSweep(FileTree.Open(root), listing, examiners, bounds, cache);
        Parallel.For(
            0,
            listing.Files.Count,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            sweep.Take);
        cache?.Save();
        var swept = sweep.Swept();
        log.LogInformation("源代码目录 {Root}：读了 {Files} 个文件、{Lines} 行，其中 {Taken} 个没有变，沿用上次的发现", root, swept.Files.Count, swept.Files.Sum(f => (long)f.Lines), cache?.Taken ?? 0);
        return swept;
    }

    private void Take(int index)
    {
        var entry = _listing.Files[index];
        var (bytes, why) = _reader.Fetch(entry);
        if (bytes is null)
        {
            _leftOut.Add(why!);
            return;
        }

        var digest = _cache is null ? "" : SweepCache.DigestOf(bytes);
        if (_cache?.Find(entry.Path, digest) is { } known)
        {
            _files[index] = known.File;
            for (var i = 0; i < _examiners.Count; i++)
            {
                Add(index, i, known.Findings[i]);
            }

            return;
        }

        switch (SourceReader.Read(entry, bytes))
        {
            case SourceReading.NotTaken not:
                _leftOut.Add(not.Entry);
                break;
            case SourceReading.Taken(var file):
                Look(index, file, digest);
                break;
        }
    }

    private void Look(int index, SourceFile file, string digest)
    {
        var source = Tokenizer.Tokenize(file);
        _files[index] = new SweptFile(file.Path, file.Language, file.Charset, file.Lines, HiddenText.In(source)) { Suppressions = InlineSuppressions.In(source) };
        var (found, isWhole) = (new SourceFindings?[_examiners.Count], true);
        for (var i = 0; i < _examiners.Count; i++)
        {
            try
            {
                var here = _examiners[i].Examine(source);
                found[i] = here.Defects.Count + here.CryptoUses.Count > 0 ? here : null;
                Add(index, i, found[i]);
                if (here.Cut is { } cut)
                {
                    isWhole = false;
                    Fault(source.File.Path, _examiners[i].Id, cut);
                }
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                isWhole = false;
                Fault(source.File.Path, _examiners[i].Id, trouble.GetType().Name);
            }
        }

        source.Close();
        if (source.Doubt is { } doubt)
        {
            isWhole = false;
            Fault(file.Path, Tokenizer.Id, $"第 {doubt.Line} 行起可能没有读对：{doubt.What}");
        }

        if (isWhole)
        {
            _cache?.Keep(new CachedFile(digest, _files[index]!, found));
        }
    }

    private void Fault(string path, string examinerId, string what)
    {
        lock (_faults)
        {
            _faults.Add(new(path, examinerId, what));
        }
    }

    private void Add(int index, int examiner, SourceFindings? found)
    {
        if (found is not null && found.Defects.Count + found.CryptoUses.Count is var count && Interlocked.Add(ref _counts[examiner], count) - count < MostKept)
        {
            _findings[examiner][index] = found;
        }
    }

    private SweptTree Swept()
    {
        for (var i = 0; i < _examiners.Count; i++)
        {
            if (_counts[i] > MostFindings)
            {
                _faults.Add(new("", _examiners[i].Id, $"发现超过 {MostFindings} 处，其余未列"));
            }
        }

        return new SweptTree(
            [.. _files.OfType<SweptFile>()],
            _leftOut.Named(),
            _leftOut.Counts,
            [.. _faults.OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.ExaminerId, StringComparer.Ordinal)],
            _listing.IsWhole)
        {
            Findings = _examiners.Select((e, i) => (e.Id, Found: (IReadOnlyList<FileFindings>)FoundBy(i))).ToDictionary(p => p.Id, p => p.Found, StringComparer.Ordinal),
        };
    }

    private List<FileFindings> FoundBy(int examiner)
    {
        var (found, count) = (new List<FileFindings>(), 0);
        for (var i = 0; i < _files.Length && count <= MostFindings; i++)
        {
            if (_findings[examiner][i] is { } findings && (count += findings.Defects.Count + findings.CryptoUses.Count) <= MostFindings)
            {
                found.Add(new FileFindings(_files[i]!.Path, _files[i]!.Language, findings));
            }
        }

        return found;
    }
}
