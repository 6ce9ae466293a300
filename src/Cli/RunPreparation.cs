using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What a command line asks of a run, before anything was read.</summary>
internal sealed record RunWishes
{
    /// <summary>candidate.yaml.</summary>
    public required string File { get; init; }

    public string? Profile { get; init; }

    public string? Rulesets { get; init; }

    public string? Output { get; init; }

    public string? Cache { get; init; }

    public FailOn FailOn { get; init; } = FailOn.Critical;

    public Gate Stage { get; init; } = Gate.Acceptance;

    public bool Build { get; init; }

    public bool AllowIntrusive { get; init; }

    public Sm2PrivateKey? SignKey { get; init; }

    public required IReadOnlyList<IReportWriter> Writers { get; init; }
}

/// <summary>From a command line to a run of which everything has been read and found right.</summary>
internal static class RunPreparation
{
    /// <exception cref="InputFaultException">Mistakes in candidate.yaml or rules.</exception>
    /// <exception cref="ClassifiedSystemException">涉密.</exception>
    public static async Task<RunRequest> PrepareAsync(RunWishes wishes)
    {
        var (candidate, bytes) = CandidateReader.ReadWithBytes(wishes.File);
        candidate = wishes.Profile is { } other ? candidate with { Profile = other } : candidate;
        candidate = wishes.Build ? candidate with { SourceTrees = [.. candidate.SourceTrees.Select(t => t with { Build = true })] } : candidate;
        ClassifiedSystemException.ThrowIf(candidate);
        var folder = Product.LoadRulesets(wishes.Rulesets);
        _ = Rejudging.ProfileOf(candidate, folder, wishes.Profile is null ? CandidateReader.PlaceOfProfile(wishes.File, bytes) : new SourcePosition("--profile", 1, 1));
        CandidateNames.Check(wishes.File, bytes, folder.Library);
        var output = wishes.Output ?? RunExecution.DefaultFolder(candidate.Id, TimeProvider.System);
        RefuseWithin(output, candidate.SourceTrees);
        return new RunRequest
        {
            Candidate = candidate,
            CandidateFile = bytes,
            RulesetsPath = wishes.Rulesets ?? Product.OwnRulesets,
            Rulesets = folder,
            Probes = Product.Probes,
            Seals = Product.Seals,
            OutputFolder = output,
            Writers = wishes.Writers,
            Tools = await OutsideTools.FindAsync(CancellationToken.None),
            SignKey = wishes.SignKey,
            FailOn = wishes.FailOn,
            Stage = wishes.Stage,
            AllowIntrusive = wishes.AllowIntrusive,
            CacheFolder = wishes.Cache is { } kept ? SafeCache.Folder(kept, [.. candidate.SourceTrees.Select(t => t.Path)]) : null,
            ToolVersion = Product.Version,
        };
    }

    /// <summary>A pack holds rules with bad examples and lines of the code: written below the tree it would be read as code of the system.</summary>
    private static void RefuseWithin(string output, IReadOnlyList<SourceTree> trees)
    {
        var folder = SafeCache.Real(output) ?? output;
        if (trees.FirstOrDefault(t => SafeCache.Holds(SafeCache.Real(t.Path) ?? t.Path, folder)) is { } tree)
        {
            throw new BadRequestException($"证据包要写的 {output} 在源码目录 {tree.Id}（{tree.Path}）里面，会被当成被检的源码。请用 --out 写到它外面（如 --out ../packs/{Path.GetFileName(output)}），以前写在里面的包也请移走");
        }
    }
}
