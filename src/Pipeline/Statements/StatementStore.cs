using System.Security.Cryptography;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>How saving a statement ended. Closed.</summary>
public abstract record Saving
{
    private protected Saving() { }
}

/// <summary>It is on the disk.</summary>
public sealed record Saved(Statement Statement) : Saving;

/// <summary>Somebody else saved this item meanwhile; nothing was written.</summary>
/// <param name="Current">What stands now.</param>
public sealed record Overtaken(Statement Current) : Saving;

/// <summary>Not a statement; nothing was written.</summary>
/// <param name="Why">For people.</param>
public sealed record Refused(string Why) : Saving;

/// <summary>
/// What people say of a sealed pack, in a folder beside it: the pack itself stays as it was sealed. Every save replaces the log as a whole,
/// written and flushed before it gets its name, so that a server that is killed leaves the old or the new one.
/// </summary>
public sealed class StatementStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _pack;
    private readonly TimeProvider _clock;
    private FileStream? _claim;

    private StatementStore(string pack, TimeProvider clock)
    {
        _pack = pack;
        _clock = clock;
        Folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(pack)) + Suffix;
    }

    /// <summary>Of the folder beside a pack.</summary>
    public const string Suffix = ".statements";

    public string Folder { get; }

    /// <summary>Folders with the log first and further ones that hold files.</summary>
    public IReadOnlyList<string> Sources => File.Exists(Path.Combine(Folder, StatementReading.LogFile)) ? [Folder, Inside] : [Inside, Folder];

    private string Inside => Path.Combine(_pack, PackLayout.Statements);

    public static StatementStore Of(string pack, TimeProvider clock) => new(pack, clock);

    /// <summary>What stands, on the disk.</summary>
    /// <exception cref="PackException">The log was changed by somebody else than us, or does not continue the pack's own.</exception>
    public StatementLog Read()
    {
        var own = StatementReading.Read(Inside);
        if (!File.Exists(Path.Combine(Folder, StatementReading.LogFile)))
        {
            return own;
        }

        var log = StatementReading.Read(Folder);
        return log.Entries.Count >= own.Entries.Count && Json(new StatementLog([.. log.Entries.Take(own.Entries.Count)])).AsSpan().SequenceEqual(Json(own))
            ? log
            : throw new PackException($"{Folder} 不是接着这个证据包写的");
    }

    /// <param name="item">What it is about.</param>
    /// <param name="version">The version the writer saw; another one stands for somebody else's save.</param>
    /// <param name="words">What is said.</param>
    /// <param name="files">Name and bytes of new attachments.</param>
    /// <param name="kept">Attachments that stay.</param>
    /// <exception cref="PackException">The folder is used by another process, or is not ours.</exception>
    /// <exception cref="IOException">It cannot be written; what was saved before stands.</exception>
    public Saving Save(StatementItem item, int version, StatementWords words, IReadOnlyList<(string Name, byte[] Bytes)> files, IReadOnlyList<StatementFile> kept)
    {
        lock (_gate)
        {
            Claim();
            var log = Read();
            if (log.VersionOf(item) != version)
            {
                return log.Latest.TryGetValue(item.Key, out var current) ? new Overtaken(current) : new Refused("版本不对");
            }

            var attached = files.Select(f => new StatementFile(f.Name, Convert.ToHexStringLower(SHA256.HashData(f.Bytes)), f.Bytes.Length)).ToList();
            List<StatementFile> all = [.. kept.Concat(attached).DistinctBy(f => f.Sha256, StringComparer.Ordinal)];
            var last = log.Entries.Count == 0 ? DateTimeOffset.MinValue : log.Entries[^1].SavedAt;
            var now = _clock.GetUtcNow();
            var statement = new Statement
            {
                Version = version + 1,
                SavedAt = now < last ? last : now,
                Item = item,
                Attestation = words.Attestation is { } said ? said with { EvidenceIds = [.. said.EvidenceIds.Concat(all.Select(f => f.Sha256)).Distinct(StringComparer.Ordinal)] } : null,
                Waiver = words.Waiver,
                Answer = words.Answer,
                Case = words.Case,
                Files = words == StatementWords.Withdrawal ? [] : all,
            };
            if (StatementShape.Fault(statement) is { } fault)
            {
                return new Refused(fault);
            }

            // What could not be read again must not be written: it would take everything said before with it.
            var grown = new StatementLog([.. log.Entries, statement]);
            var json = Json(grown);
            if (StatementReading.Fault(grown, json.Length) is { } tooMuch)
            {
                return new Refused($"{PackLayout.Statements}/{StatementReading.LogFile} {tooMuch}");
            }

            foreach (var (file, bytes) in attached.Zip(files, (a, f) => (a, f.Bytes)))
            {
                Write(Path.Combine(Folder, StatementReading.FilesFolder, file.Sha256), bytes);
            }

            Write(Path.Combine(Folder, StatementReading.LogFile), json);
            return new Saved(statement);
        }
    }

    public void Dispose() => _claim?.Dispose();

    internal static byte[] Json(StatementLog log) => [.. JsonSerializer.SerializeToUtf8Bytes(log, ObservationJson.Options), (byte)'\n'];

    /// <summary>One writing process a pack; the system lets go of it however that process ends.</summary>
    private void Claim()
    {
        if (_claim is not null)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(Folder, StatementReading.FilesFolder));
        try
        {
            _claim = new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken)
        {
            throw new PackException($"{Folder} 正被另一个 securitycheck serve 使用，没有写入", taken);
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        var beside = path + ".new";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
