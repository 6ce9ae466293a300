using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Verifies the SM2 signatures of business records, record by record. Evidence names rows and digests, never the data.</summary>
public sealed class RecordSignaturesProbe : Probe<CryptoSample, RecordSignatureRecord>
{
    private const int MaxFiles = 20_000;
    private const int Chunk = 512;
    private const int FileCap = 32 * 1024 * 1024;
    private const int TamperSamples = 8;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(60);
    private static readonly string[] SignatureEndings = [".sig", ".sign", ".signature", ".p7s", ".p7", ".p7b", ".p7m", ".jws"];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "crypto.record-signatures",
        Pillar = Pillar.CommercialCrypto,
        Title = "签名业务记录",
        Question = "业务记录上的 SM2 签名是否逐条验证通过，用的是什么做法、谁的密钥，改动一位能否发现？",
        Needs = typeof(CryptoSample),
        Samples = CryptoSampleKind.Signature,
        Observes = typeof(RecordSignatureRecord),
        Touches = Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = Limit + TimeSpan.FromMinutes(2),
        Version = "1",
    };

    protected override Task<ProbeOutcome> ObserveAsync(CryptoSample target, ProbeContext context, CancellationToken cancellationToken)
    {
        var settings = SignatureSettings.Of(target);
        var files = SampleFiles.Of(target, MaxFiles);
        var verifier = new RecordVerifier(settings);
        var tally = new RecordTally(settings.Key?.Key) { IsComplete = files.IsWhole };
        var started = context.Clock.GetTimestamp();
        var work = new BatchWork(verifier, tally, settings.Signature is null || settings.Data.Count > 0, () => context.Clock.GetElapsedTime(started) > Limit, cancellationToken);
        var met = new HashSet<string>(StringComparer.Ordinal);
        if (settings.Signature is null)
        {
            Detached(files, work);
        }
        else
        {
            Records(files, settings, work, met);
        }

        work.Finish();
        if (tally.Rows == 0)
        {
            throw new UnableException(FailureKind.BadInput, settings.Signature is null
                ? "没有成对的数据与签名文件（数据.bin 与 数据.sig），也没有用 signature 指出签名列"
                : "样本里没有记录");
        }

        var record = tally.Describe(files.Names.Count, settings.Signature is null ? new Fact<IReadOnlyList<string>?>(null) : settings.Data.Count > 0 ? new Fact<IReadOnlyList<string>?>(settings.Data) : default) with
        {
            UncoveredColumns = settings.Signature is null ? new Fact<IReadOnlyList<string>>([]) : settings.Data.Count > 0 ? new Fact<IReadOnlyList<string>>(settings.Uncovered(met)) : default,
        };
        var evidence = context.Evidence.Save(new EvidenceDraft(
            Manifest.Id, target.TargetId, "rows.txt", "text/plain", Encoding.UTF8.GetBytes(Listing(record)), "核验计数与未通过的前若干条记录（只有行号、原因与数据的 SM3）"));
        return Task.FromResult<ProbeOutcome>(Saw(target, context, record, evidence));
    }

    private static void Records(SampleFiles files, SignatureSettings settings, BatchWork work, HashSet<string> met)
    {
        foreach (var name in files.Names)
        {
            using var stream = files.Tree.OpenRead(name);
            try
            {
                foreach (var row in SignedRowReader.Read(stream, name, settings.Columns, met))
                {
                    if (!work.Add(name, row.Number, thorough => OfRow(work.Verifier, settings, row, thorough)))
                    {
                        return;
                    }
                }
            }
            catch (RowsBrokenException broken)
            {
                work.Add(name, null, _ => RowVerdict.Not(RowState.Unusable, $"{broken.Message}，其后没有读"));
                work.Cut();
            }
        }
    }

    private static RowVerdict OfRow(RecordVerifier verifier, SignatureSettings settings, SignedRow row, bool thorough)
    {
        if (row.Problem is { } problem)
        {
            return RowVerdict.Not(RowState.Unusable, problem);
        }

        var data = row.Values.AsSpan(0, settings.Data.Count);
        var at = settings.Data.Count;
        var signature = row.Values[at++];
        var key = settings.KeyColumn is null ? null : row.Values[at++];
        var time = settings.TimeColumn is null ? null : row.Values[at];
        if (settings.Data.Count > 0 && !data.ContainsAnyExcept((string?)null))
        {
            return RowVerdict.Not(RowState.Unusable, $"没有 data 列：{string.Join("、", settings.Data)}");
        }

        var message = settings.Data.Count == 0 ? null : settings.Message(data);
        return string.IsNullOrWhiteSpace(signature)
            ? RowVerdict.Not(RowState.Unsigned, "签名为空", message)
            : verifier.Decide(message, signature, key, RecordVerifier.Moment(time), thorough);
    }

    /// <summary>A signature file stands beside its data under the same name; without data it must carry its content.</summary>
    private static void Detached(SampleFiles files, BatchWork work)
    {
        var others = files.Names.Where(n => !IsSignature(n)).ToList();
        var names = others.ToHashSet(StringComparer.Ordinal);
        var byStem = others.GroupBy(Stem, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var name in files.Names.Where(IsSignature))
        {
            var data = names.Contains(Stem(name)) ? Stem(name) : byStem.GetValueOrDefault(Stem(name));
            if (!work.Add(name, null, thorough => OfFile(work.Verifier, files.Tree, name, data, thorough)))
            {
                return;
            }
        }
    }

    private static string Stem(string name) => name[..^Path.GetExtension(name).Length];

    private static bool IsSignature(string name) => SignatureEndings.Contains(Path.GetExtension(name).ToLowerInvariant(), StringComparer.Ordinal);

    private static RowVerdict OfFile(RecordVerifier verifier, FileTree tree, string name, string? data, bool thorough)
    {
        try
        {
            var message = data is null ? null : tree.Read(data, FileCap);
            var signature = tree.Read(name, FileCap);
            if (signature.Length == 0)
            {
                return RowVerdict.Not(RowState.Unsigned, "签名文件是空的", message);
            }

            var isText = signature.Length != 64 && System.Text.Ascii.IsValid(signature) && signature.AsSpan().IndexOfAnyInRange((byte)0x01, (byte)0x08) < 0;
            return isText
                ? verifier.Decide(message, Encoding.ASCII.GetString(signature), null, null, thorough)
                : verifier.Decide(message, signature, null, null, thorough);
        }
        catch (UnableException unable)
        {
            return RowVerdict.Not(RowState.Unusable, unable.Message);
        }
    }

    private static string Listing(RecordSignatureRecord record)
    {
        List<string> lines = [$"记录 {record.Rows} 条（{(record.Complete ? "全部读完" : "没有读完")}），验证通过 {record.Verified} 条"];
        lines.Add($"签名覆盖的列：{(record.CoveredColumns.IsKnown ? record.CoveredColumns.Value is { } columns ? string.Join("、", columns) : "整个文件" : "未说明")}；不同的内容 {record.DistinctMessages} 种，与前面记录相同 {record.SharedMessages} 条".Replace("(missing)", "未知", StringComparison.Ordinal));
        lines.AddRange(record.Sharing.Select(s => $"签名内容相同：{s}"));
        lines.AddRange(record.Readings.Select(r => r.Note));
        lines.AddRange(record.Signers.Select(s => $"签名者 {s.Fingerprint} {s.Note}"));
        lines.AddRange(record.Troubles.Select(t => $"{t.Note}  数据 SM3 {t.DataSm3 ?? "无"}"));
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>Decides records by the chunk on all processors and adds them up in their order.</summary>
    private sealed class BatchWork(RecordVerifier verifier, RecordTally tally, bool carriesRecord, Func<bool> isLate, CancellationToken cancellationToken)
    {
        private readonly List<(string File, long? Row, Func<bool, RowVerdict> Decide)> _waiting = [];

        public RecordVerifier Verifier => verifier;

        public void Cut() => tally.IsComplete = false;

        /// <returns>False where time is up and no more is taken.</returns>
        public bool Add(string file, long? row, Func<bool, RowVerdict> decide)
        {
            _waiting.Add((file, row, decide));
            if (_waiting.Count < Chunk)
            {
                return true;
            }

            Finish();
            if (!isLate())
            {
                return true;
            }

            tally.IsComplete = false;
            return false;
        }

        public void Finish()
        {
            var thorough = tally.IsWorthLooking;
            var verdicts = new RowVerdict[_waiting.Count];
            Parallel.For(0, verdicts.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => verdicts[i] = _waiting[i].Decide(thorough));
            for (var i = 0; i < verdicts.Length; i++)
            {
                tally.Add(_waiting[i].File, _waiting[i].Row, verdicts[i], carriesRecord);
                Tamper(verdicts[i]);
            }

            _waiting.Clear();
        }

        private void Tamper(RowVerdict verdict)
        {
            if (verdict.State != RowState.Verified || tally.Trials >= 2 * TamperSamples)
            {
                return;
            }

            foreach (var inSignature in new[] { false, true })
            {
                tally.Trials++;
                tally.Detected += verifier.Notices(verdict, inSignature) ? 1 : 0;
            }
        }
    }
}
