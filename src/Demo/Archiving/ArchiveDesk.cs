using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Cases, logs and backups of one demonstration system, in memory; files stand in a folder of its own below the temporary one.</summary>
internal sealed class ArchiveDesk : IDisposable
{
    private const int MostCases = 20_000;

    private readonly Lock _gate = new();
    private readonly List<OfficeCase> _cases = [];
    private readonly List<LogLine> _log = [];
    private readonly List<BackupLine> _backups = [];
    private readonly List<RestoreLine> _restores = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securitycheck-demo-archive-");
    private int _ids;
    private int _numbers;
    private int _serials;
    private int _logIds;

    public ArchiveDesk(DemoVariant variant, TimeProvider clock) => (IsCareless, Clock) = (variant == DemoVariant.Careless, clock);

    public bool IsCareless { get; }

    public TimeProvider Clock { get; }

    /// <summary>接收地址 · where packages are transferred; empty where none is set.</summary>
    public string ReceiverAddress { get; set; } = "";

    /// <summary>接收令牌.</summary>
    public string ReceiverToken { get; set; } = "";

    public IReadOnlyList<OfficeCase> Cases
    {
        get
        {
            lock (_gate)
            {
                return [.. _cases];
            }
        }
    }

    public IReadOnlyList<LogLine> Log
    {
        get
        {
            lock (_gate)
            {
                return [.. _log];
            }
        }
    }

    public IReadOnlyList<BackupLine> Backups
    {
        get
        {
            lock (_gate)
            {
                return [.. _backups];
            }
        }
    }

    public OfficeCase? Find(int id) => Cases.FirstOrDefault(c => c.Id == id);

    /// <summary>Null where there are too many cases.</summary>
    public OfficeCase? Add(string matter, string applicant, IReadOnlyList<(string, string)> materials, string? number = null, DateTimeOffset? received = null)
    {
        lock (_gate)
        {
            if (_cases.Count >= MostCases)
            {
                return null;
            }

            _numbers = number is null && IsCareless ? _cases.Select(c => int.Parse(c.Number[^8..], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1 : _numbers + (number is null ? 1 : 0);
            var id = ++_ids;
            var added = new OfficeCase
            {
                Id = id,
                Number = number ?? FormattableString.Invariant($"BJ{_numbers:D8}"),
                Matter = matter,
                Applicant = applicant,
                CardNumber = FormattableString.Invariant($"99999919900101{id % 10000:D4}"),
                Materials = materials,
                ReceivedAt = received ?? Clock.GetUtcNow(),
            };
            _numbers = Math.Max(_numbers, int.Parse(added.Number[^8..], CultureInfo.InvariantCulture));
            _cases.Add(added);
            return added;
        }
    }

    /// <summary>Null where the case is gone or <paramref name="change"/> gives null.</summary>
    public OfficeCase? Change(int id, Func<OfficeCase, OfficeCase?> change)
    {
        lock (_gate)
        {
            var at = _cases.FindIndex(c => c.Id == id);
            if (at < 0 || change(_cases[at]) is not { } changed)
            {
                return null;
            }

            _cases[at] = changed;
            return changed;
        }
    }

    /// <summary>办结: the record is made at once, and the case stands in the waiting list.</summary>
    public OfficeCase? Finish(int id) => Change(id, c => c.State != CaseState.Handling ? null : c with { State = CaseState.Waiting, Record = RecordMaking.Of(c, NextSerial(c), new OfdWriting(HasForeignFont: IsCareless), Clock.GetUtcNow()) });

    public bool Remove(int id)
    {
        lock (_gate)
        {
            return _cases.RemoveAll(c => c.Id == id && (c.State == CaseState.Handling || IsCareless)) > 0;
        }
    }

    public void Note(string user, string action, string target, string result)
    {
        lock (_gate)
        {
            _log.Add(new LogLine(++_logIds, Clock.GetUtcNow(), user, action, target, result));
        }
    }

    /// <summary>Of the careless variant alone.</summary>
    /// <param name="id">The line.</param>
    /// <param name="result">What is to stand there; null takes the line away.</param>
    public void EditLog(int id, string? result)
    {
        lock (_gate)
        {
            var at = _log.FindIndex(l => l.Id == id);
            if (at >= 0 && result is null)
            {
                _log.RemoveAt(at);
            }
            else if (at >= 0)
            {
                _log[at] = _log[at] with { Result = result! };
            }
        }
    }

    /// <summary>Writes every case with its package into a file and reads it again; the careless variant only says so.</summary>
    public BackupLine BackUp(string user)
    {
        var at = Clock.GetUtcNow();
        var line = new BackupLine(at, "12 MB", user, "成功", "");
        if (!IsCareless)
        {
            var text = new StringBuilder("id,number,matter,applicant,state,package\n");
            foreach (var c in Cases)
            {
                text.AppendJoin(',', [c.Id.ToString(), c.Number, .. ((string[])[c.Matter, c.Applicant]).Select(TableText.Quote), c.State.ToString(), c.Package is null ? "" : Convert.ToBase64String(c.Package)]).Append('\n');
            }

            var bytes = Encoding.UTF8.GetBytes(text.ToString());
            var file = Path.Combine(_folder.FullName, FormattableString.Invariant($"backup-{Backups.Count + 1:D4}.csv"));
            File.WriteAllBytes(file, bytes);
            var back = File.ReadAllBytes(file);
            line = line with { Size = $"{back.Length} 字节", Digest = $"SM3 {ArchiveWriting.Digest(back, md5: false)}", Result = back.AsSpan().SequenceEqual(bytes) ? "成功" : "失败" };
        }

        lock (_gate)
        {
            _backups.Add(line);
        }

        return line;
    }

    public IReadOnlyList<RestoreLine> Restores
    {
        get
        {
            lock (_gate)
            {
                return [.. _restores];
            }
        }
    }

    /// <summary>Reads the latest backup from disk and holds it against what was noted when it was made; the careless variant only says so. Null where there is none.</summary>
    public RestoreLine? TryRestore(string user)
    {
        if (Backups is not [.., var latest])
        {
            return null;
        }

        var line = new RestoreLine(Clock.GetUtcNow(), latest.At, user, "成功", "");
        if (!IsCareless)
        {
            var back = File.ReadAllBytes(BackupFiles[^1]);
            var digest = $"SM3 {ArchiveWriting.Digest(back, md5: false)}";
            var read = Encoding.UTF8.GetString(back).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;
            line = line with { Digest = digest, Result = digest == latest.Digest ? $"成功：读回 {read} 条，摘要一致" : "失败：摘要不一致" };
        }

        lock (_gate)
        {
            _restores.Add(line);
        }

        return line;
    }

    public IReadOnlyList<string> BackupFiles => [.. _folder.GetFiles("backup-*").Select(f => f.FullName).Order(StringComparer.Ordinal)];

    public void Dispose() => _folder.Delete(recursive: true);

    private int NextSerial(OfficeCase of) => IsCareless ? int.Parse(of.Number[^8..], CultureInfo.InvariantCulture) : ++_serials;
}
