using System.Security.Cryptography;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>Reads what was said after a run and lays it over the candidate. The folder may be a stranger's.</summary>
public static class StatementReading
{
    public const string LogFile = "log.json";
    public const string FilesFolder = "files";

    /// <summary>Most bytes of one attachment.</summary>
    public const int AttachmentCap = AnswerFile.AttachmentCap;

    private const int LogCap = 32 * 1024 * 1024;
    private const int MostEntries = 20_000;

    /// <exception cref="PackException">The log is not one of ours.</exception>
    public static StatementLog Read(string folder)
    {
        var path = Path.Combine(folder, LogFile);
        if (!File.Exists(path) && new FileInfo(path).LinkTarget is null)
        {
            return StatementLog.Empty;
        }

        try
        {
            var bytes = new FileInfo(path).LinkTarget is null ? RegularFile.Read(path, LogCap) : [];
            var log = bytes.Length is > 0 and <= LogCap ? StrangerJson.Read<StatementLog>(bytes) : throw new PackException($"{PackLayout.Statements}/{LogFile} 为空、过大或是链接");
            return Fault(log, bytes.Length) is { } fault ? throw new PackException($"{PackLayout.Statements}/{LogFile} {fault}") : log;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PackException($"读不了 {PackLayout.Statements}/{LogFile}：{trouble.Message}", trouble);
        }
    }

    /// <param name="candidate">As candidate.yaml has it.</param>
    /// <param name="folders">Where the log is, and further folders where its files may lie.</param>
    /// <exception cref="PackException">The log is not one of ours, or its ids stand in candidate.yaml too.</exception>
    public static Candidate Merge(Candidate candidate, params IReadOnlyList<string> folders)
    {
        var log = Read(folders[0]);
        if (log.Entries.Count == 0)
        {
            return candidate;
        }

        var latest = log.Latest.Values.ToList();
        var ids = latest.Select(s => s.Item.Id).ToHashSet(StringComparer.Ordinal);
        if (candidate.Attestations.Select(a => a.Id).Concat(candidate.Waivers.Select(w => w.Id)).FirstOrDefault(ids.Contains) is { } twice)
        {
            throw new PackException($"candidate.yaml 与 {PackLayout.Statements}/{LogFile} 都有编号 {twice}");
        }

        return candidate with
        {
            Attestations = [.. candidate.Attestations, .. latest.Select(s => s.Attestation).OfType<Attestation>()],
            Waivers = [.. candidate.Waivers, .. latest.Select(s => s.Waiver).OfType<Waiver>()],
            Attached = [.. latest.SelectMany(s => s.Files).DistinctBy(f => f.Sha256, StringComparer.Ordinal).OrderBy(f => f.Sha256, StringComparer.Ordinal).Select(f => Attached(f, folders))],
            Protection = WithRows(candidate, latest, folders),
            AnsweredOn = BeijingTime.DayOf(log.Entries.Max(e => e.SavedAt)),
        };
    }

    /// <summary>Rows of the answers file stay beside what was said later: the worst counts.</summary>
    private static ProtectionStatements WithRows(Candidate candidate, List<Statement> latest, IReadOnlyList<string> folders)
    {
        var said = latest.Where(s => s.Answer is not null || s.Case is not null).ToList();
        if (said.Count == 0)
        {
            return candidate.Protection;
        }

        IReadOnlyList<Attachment> Evidence(Statement statement) => [.. statement.Files.Select(f => new Attachment(f.Name, f.Sha256) { State = StateOf(f, folders) })];
        var sheet = candidate.Protection.Answers ?? AnswerSheet.Empty with { System = candidate.Id };
        return candidate.Protection with
        {
            Answers = sheet with
            {
                Answers = [.. sheet.Answers, .. said.Where(s => s.Answer is not null).Select(s => s.Answer! with { Evidence = Evidence(s) })],
                Cases = [.. sheet.Cases, .. said.Where(s => s.Case is not null).Select(s => s.Case! with { Evidence = Evidence(s) })],
            },
        };
    }

    /// <summary>The best of the places where it may lie.</summary>
    private static AttachmentState StateOf(StatementFile file, IReadOnlyList<string> folders)
    {
        var states = folders.Select(f => AnswerFile.StateOf(Path.Combine(f, FilesFolder, file.Sha256), file.Sha256)).ToList();
        return states.Contains(AttachmentState.Present) ? AttachmentState.Present : states.FirstOrDefault(s => s != AttachmentState.Missing, AttachmentState.Missing);
    }

    private static AttachedDocument Attached(StatementFile file, IReadOnlyList<string> folders)
    {
        var document = new Document { Id = file.Sha256, Title = file.Name, MaterialKind = "附件", Path = $"{PackLayout.Statements}/{FilesFolder}/{file.Sha256}" };
        return new AttachedDocument(document, folders.Max(f => BytesOf(Path.Combine(f, FilesFolder, file.Sha256), file.Sha256)));
    }

    /// <summary>0 where it is not the file whose hash was recorded, has the shape of no document, or is a file of this tool itself.</summary>
    private static long BytesOf(string path, string sha256)
    {
        try
        {
            var bytes = new FileInfo(path) is { Exists: true, LinkTarget: null } ? RegularFile.Read(path, AttachmentCap) : [];
            return bytes.Length <= AttachmentCap && PaperShape.Of(bytes) is not null && !OwnFiles.Are(bytes) && Convert.ToHexStringLower(SHA256.HashData(bytes)) == sha256 ? bytes.Length : 0;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Why such a log is not read, for people; null where it is.</summary>
    internal static string? Fault(StatementLog log, long bytes)
    {
        if (log.Entries.Count > MostEntries || bytes > LogCap)
        {
            return $"超过 {MostEntries} 条或 {LogCap / 1024 / 1024} MiB";
        }

        var versions = new Dictionary<string, int>(StringComparer.Ordinal);
        var before = DateTimeOffset.MinValue;
        foreach (var entry in log.Entries)
        {
            var version = versions[entry.Item.Key] = versions.GetValueOrDefault(entry.Item.Key) + 1;
            if (entry.Version != version || entry.SavedAt < before)
            {
                return $"的顺序不对：{entry.Item.Key}";
            }

            before = entry.SavedAt;
            if (StatementShape.Fault(entry) is { } fault)
            {
                return $"有错误：{entry.Item.Key} {fault}";
            }
        }

        return null;
    }
}
