using System.Buffers.Binary;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Adds verdicts up in the order of the records, with memory bounded whatever their number.</summary>
internal sealed class RecordTally(Sm2PublicKey? named)
{
    private const int ShownTroubles = 100;
    private const int MostSigners = 1000;
    private const int Remembered = 2_000_000;
    private const int ShownSharing = 20;
    private const int RawSignature = 64;

    /// <summary>So many records to each text that was signed: where it is the same for more of them, the signature is about something else than the records.</summary>
    private const int MostShared = 2;

    /// <summary>Beyond so many the reason has been seen, and the fourfold price of looking for it is not paid any more.</summary>
    private const int ThoroughFailures = 2000;

    private readonly Dictionary<RowState, long> _states = [];
    private readonly Dictionary<(SignatureFit Fit, string Wrapping), long> _readings = [];
    private readonly Dictionary<string, (SignerKey Key, long Rows)> _signers = new(StringComparer.Ordinal);
    private readonly Dictionary<UInt128, ulong> _seen = [];
    private readonly SortedSet<string> _algorithms = new(StringComparer.Ordinal);
    private readonly List<RowTrouble> _troubles = [];
    private readonly Dictionary<UInt128, long> _messages = [];
    private readonly List<string> _sharing = [];
    private (long Compared, long Outside, long Reused, long Repeated) _counts;
    private long _shared;
    private long _uncarried;
    private bool _forgot;

    public long Rows { get; private set; }

    public bool IsComplete { get; set; } = true;

    public int Trials { get; set; }

    public int Detected { get; set; }

    /// <summary>Whether looking at odd writings may still tell something: they occur, or not many records have failed yet.</summary>
    public bool IsWorthLooking => _states.GetValueOrDefault(RowState.Deviating) > 0 || _states.GetValueOrDefault(RowState.Failed) < ThoroughFailures;

    /// <param name="carriesRecord">What is signed is known to be of the record: columns that were named, or the file itself.</param>
    public void Add(string file, long? row, RowVerdict verdict, bool carriesRecord)
    {
        Rows++;
        _states[verdict.State] = _states.GetValueOrDefault(verdict.State) + 1;
        if (verdict.JwsAlgorithm is { } algorithm && _algorithms.Count < 50)
        {
            _algorithms.Add(algorithm);
        }

        if (verdict.Reason is { } reason && _troubles.Count < ShownTroubles)
        {
            _troubles.Add(new RowTrouble(file, row, reason, verdict.Message is { } m ? Convert.ToHexStringLower(Sm3.HashData(m)) : null, $"{file}{(row is { } n ? $" 第 {n} 行" : "")}：{reason}"));
        }

        if (verdict.Fit is { } fit)
        {
            _uncarried += carriesRecord ? 0 : 1;
            AddMessage(file, row, verdict.Message ?? []);
            _readings[(fit, verdict.Wrapping)] = _readings.GetValueOrDefault((fit, verdict.Wrapping)) + 1;
            AddSigner(verdict);
            AddSignature(verdict);
        }
    }

    private long Fitting => _messages.Count + _shared;

    /// <param name="files">How many there are.</param>
    /// <param name="covered">Columns that are signed; null where files are.</param>
    public RecordSignatureRecord Describe(int files, Fact<IReadOnlyList<string>?> covered) => new()
    {
        Files = files,
        Rows = Rows,
        Complete = IsComplete,
        Verified = _states.GetValueOrDefault(RowState.Verified),
        Deviating = Counted(_states.GetValueOrDefault(RowState.Deviating)),
        Failed = Counted(_states.GetValueOrDefault(RowState.Failed)),
        Unsigned = Counted(_states.GetValueOrDefault(RowState.Unsigned)),
        Unusable = Counted(_states.GetValueOrDefault(RowState.Unusable)),
        Readings = [.. _readings.OrderByDescending(r => r.Value).ThenBy(r => SignatureWords.Say(r.Key.Fit), StringComparer.Ordinal).ThenBy(r => r.Key.Wrapping, StringComparer.Ordinal).Select(r =>
            new SignatureReadingCount(r.Key.Fit.Content, r.Key.Fit.Form, r.Key.Fit.UserId, r.Key.Wrapping, r.Value, r.Key.Fit.IsRegular, $"{r.Key.Wrapping}：{SignatureWords.Say(r.Key.Fit)}（{r.Value} 条）"))],
        Troubles = _troubles,
        Signers = [.. _signers.OrderByDescending(s => s.Value.Rows).ThenBy(s => s.Key, StringComparer.Ordinal).Select(s => Signer(s.Key, s.Value))],
        OutsideValidity = _counts.Compared == 0 ? (IsComplete ? new Fact<long?>(null) : default) : IsComplete || _counts.Outside > 0 ? new Fact<long?>(_counts.Outside) : default,
        TimesCompared = _counts.Compared,
        ReusedRandom = _forgot && _counts.Reused == 0 ? default : Counted(_counts.Reused),
        RepeatedSignatures = _forgot && _counts.Repeated == 0 ? default : Counted(_counts.Repeated),
        CoveredColumns = covered,
        DistinctMessages = _forgot ? default(Fact<long>) : _messages.Count,
        SharedMessages = _forgot && _shared == 0 ? default : Counted(_shared),
        Sharing = _sharing,
        BindsRecords = IsComplete && !_forgot && _uncarried == 0 && _messages.Count > 0 && (Fitting == 1 || MostShared * _messages.Count >= Fitting) ? true : default(Fact<bool>),
        AllVerified = IsComplete && Rows > 0 && _states.GetValueOrDefault(RowState.Verified) == Rows ? true : default(Fact<bool>),
        TamperTrials = Trials,
        TamperDetected = Detected,
        UndetectedTampering = Trials - Detected,
        JwsAlgorithms = _algorithms.Count == 0 ? null : [.. _algorithms],
    };

    private Fact<long> Counted(long count) => IsComplete || count > 0 ? count : default(Fact<long>);

    private void AddSigner(RowVerdict verdict)
    {
        var signer = verdict.Signer!;
        var name = signer.Certificate?.Sha256 ?? signer.Key.Fingerprint;
        if (_signers.TryGetValue(name, out var known) || _signers.Count < MostSigners)
        {
            _signers[name] = (signer, known.Rows + 1);
        }

        if (signer.Certificate is { NotBefore: { } from, NotAfter: { } to } && verdict.SignedAt is { } at)
        {
            _counts.Compared++;
            _counts.Outside += at < from || at > to ? 1 : 0;
        }
    }

    private void AddMessage(string file, long? row, byte[] message)
    {
        var key = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(message));
        if (_messages.TryGetValue(key, out var first))
        {
            _shared++;
            if (_sharing.Count < ShownSharing)
            {
                _sharing.Add(row is { } n ? $"{file} 第 {n} 行与第 {first} 行" : $"{file} 与另一个文件");
            }
        }
        else if (_messages.Count < Remembered)
        {
            _messages[key] = row ?? 0;
        }
        else
        {
            _forgot = true;
        }
    }

    /// <summary>By sixteen bytes of key and random point, so that two signatures are mixed up by chance in none of the samples there will ever be.</summary>
    private void AddSignature(RowVerdict verdict)
    {
        if (verdict.Random is not { } abscissa)
        {
            return;
        }

        var random = BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData([.. verdict.Signer!.Key.ExportPoint(), .. abscissa]));
        var whole = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(verdict.Signature!.Length != RawSignature && Sm2Signature.TryDecode(verdict.Signature, out var raw) ? raw : verdict.Signature));
        if (_seen.TryGetValue(random, out var before))
        {
            _counts.Repeated += before == whole ? 1 : 0;
            _counts.Reused += before == whole ? 0 : 1;
        }
        else if (_seen.Count < Remembered)
        {
            _seen[random] = whole;
        }
        else
        {
            _forgot = true;
        }
    }

    private RecordSigner Signer(string name, (SignerKey Key, long Rows) signer)
    {
        var certificate = signer.Key.Certificate;
        var who = certificate?.Subject.Text ?? $"公钥 {name[..16]}…";
        return new RecordSigner(signer.Key.Key.Fingerprint, certificate?.Subject.Text, certificate?.NotBefore, certificate?.NotAfter, signer.Key.Key.Equals(named), signer.Rows, $"{who}（{signer.Rows} 条）");
    }
}
