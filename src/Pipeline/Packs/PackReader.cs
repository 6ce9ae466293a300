using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads a pack back, for judging or reporting again. Its files are a stranger's: sizes and depth are capped.</summary>
public static class PackReader
{
    private const int FileCap = 64 * 1024 * 1024;
    private const int ObservationFileCap = 100_000;
    private const long ObservationBytesCap = 512L * 1024 * 1024;

    private static readonly EnumerationOptions WithoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <exception cref="PackException">Not a readable pack.</exception>
    /// <exception cref="InputFaultException">Its candidate.yaml or rulesets have mistakes.</exception>
    public static (Candidate Candidate, RunInformation Run, IReadOnlyList<ProbeRecord> Records) ReadObservations(string folder)
    {
        var candidate = ReadCandidate(folder);
        var run = ReadRun(folder);
        candidate = StatementReading.Merge(candidate with { Profile = run.Profile }, Path.Combine(folder, PackLayout.Statements));
        return (candidate, run, ReadRecords(folder));
    }

    /// <summary>The candidate of the run, without what people said afterwards.</summary>
    internal static Candidate ReadCandidate(string folder) => CandidateReader.Read(Path.Combine(folder, PackLayout.Candidate), CandidateReading.ForReplay);

    /// <exception cref="PackException">It cannot be read.</exception>
    internal static RunInformation ReadRun(string folder) => Json<RunInformation>(folder, PackLayout.Run);

    /// <exception cref="PackException">They cannot be read.</exception>
    internal static IReadOnlyList<ProbeRecord> ReadRecords(string folder)
    {
        var observations = Path.Combine(folder, PackLayout.Observations);
        var files = Directory.Exists(observations)
            ? Directory.EnumerateFiles(observations, "*.json", WithoutLinks).Take(ObservationFileCap).Order(StringComparer.Ordinal).ToList()
            : [];
        if (files.Sum(f => new FileInfo(f).Length) > ObservationBytesCap)
        {
            throw new PackException($"观测文件合计超过 {ObservationBytesCap / 1024 / 1024} MiB，不像本工具写的");
        }

        var records = files.ConvertAll(f => Json<RecordedOutcome>(folder, Path.GetRelativePath(folder, f)).ToRecord());
        return records.GroupBy(r => (r.ProbeId, r.TargetId)).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new PackException($"观测重复：{twice.Key}")
            : records;
    }

    /// <summary>One file, or null where it is missing, a link, over the cap or unreadable.</summary>
    internal static byte[]? ReadBytes(string folder, string relativePath)
    {
        var path = Path.Combine(folder, relativePath);
        try
        {
            var bytes = new FileInfo(path).LinkTarget is null ? RegularFile.Read(path, FileCap) : null;
            return bytes?.Length <= FileCap ? bytes : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The rules the pack was judged with.</summary>
    public static string RulesetsOf(string folder) => Path.Combine(folder, PackLayout.Rulesets);

    /// <summary>The same, read by this tool.</summary>
    /// <exception cref="InputFaultException">They have mistakes.</exception>
    internal static RulesetFolder RulesOf(string folder, PackReviewTools tools) => RulesetFolder.Load(RulesetsOf(folder), KindCatalogue.Of(tools.Probes)) with { BuiltIn = tools.BuiltIn };

    private static T Json<T>(string folder, string relativePath)
    {
        var path = Path.Combine(folder, relativePath);
        try
        {
            var bytes = new FileInfo(path).LinkTarget is null ? RegularFile.Read(path, FileCap) : [];
            return bytes.Length is > 0 and <= FileCap
                ? StrangerJson.Read<T>(bytes)
                : throw new PackException($"{relativePath} 为空、过大或是链接");
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PackException($"读不了证据包里的 {relativePath}:{trouble.Message}", trouble);
        }
    }
}
