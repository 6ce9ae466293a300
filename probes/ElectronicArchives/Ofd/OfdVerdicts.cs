using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>A signature with all that was looked at.</summary>
internal sealed class CheckedSignature
{
    private readonly Lazy<HashSet<int>> _named;

    public CheckedSignature() => _named = new(() => [.. References!.Select(r => r.Entry?.Index ?? -1)]);

    public required OfdSignature Signature { get; init; }

    public required List<CheckedReference> References { get; init; }

    /// <summary>False where it lists more files than were compared.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Its list of files was read to the end, with methods that are known.</summary>
    public bool NamesAllDigests => IsWhole && Signature.References is not null && References.TrueForAll(r => SealHashes.NameOf(r.Method) is not null);

    /// <summary>Null where Signature.xml or its value is missing.</summary>
    public SealReport? Report { get; init; }

    public OfdAnswer Answer { get; set; }

    public List<string> Reasons { get; } = [];

    /// <summary>What is worth saying and decides nothing.</summary>
    public List<string> Remarks { get; } = [];

    public bool IsProtected(ContainerEntry entry) => References.Exists(r => r.Entry?.Index == entry.Index && r.Outcome == ReferenceOutcome.Same);

    public bool Names(ContainerEntry entry) => _named.Value.Contains(entry.Index);
}

/// <summary>Gives every signature its answer, with reasons that name both values.</summary>
internal sealed class OfdVerdicts(OfdParts parts, SealTrust trust)
{
    private const int MostReasons = 20;

    /// <summary>Steps whose failure means that the signature does not hold for what is there.</summary>
    private static readonly SealStep[] Binding =
        [SealStep.DataHash, SealStep.PropertyPath, SealStep.SignerSignature, SealStep.CertificateListed, SealStep.MakerSignature, SealStep.SealFile, SealStep.Timestamp];

    public List<CheckedSignature> Check(OfdDocument document)
    {
        var references = new OfdReferences(parts);
        var all = document.Signatures.ConvertAll(s => new CheckedSignature { Signature = s, References = references.Check(s), IsWhole = OfdReferences.IsWhole(s), Report = Verify(s) });
        all.ForEach(Judge);
        for (var i = all.Count - 2; i >= 0; i--)
        {
            Excuse(all[i], all.Skip(i + 1), document);
        }

        return all;
    }

    private SealReport? Verify(OfdSignature signature)
    {
        if (signature is not { Entry: { } entry, Bytes: { } bytes, Value: { } at } || parts.Bytes(at) is not { } value)
        {
            return null;
        }

        return SealVerification.Run(new SealQuestion
        {
            Value = value,
            SignedFile = bytes,
            SignedFilePath = "/" + entry.Path.TrimStart('/'),
            SealFile = signature.SealFile is { } seal ? parts.Bytes(seal) : default(ReadOnlyMemory<byte>?),
            WrittenAt = SealTime.TryRead(signature.WrittenTime),
            Trust = trust,
        });
    }

    private static void Judge(CheckedSignature one)
    {
        Structure(one);
        Digests(one);
        if (!one.IsWhole)
        {
            Add(one, OfdAnswer.Undecidable, $"签名列出的文件过多，只核对了前 {one.References.Count} 个，其余没有看");
        }

        Steps(one);
        if (one.Answer == OfdAnswer.Intact && one.References.Count == 0)
        {
            Add(one, OfdAnswer.Undecidable, "签名没有列出任何受保护的文件");
        }
    }

    private static void Structure(CheckedSignature one)
    {
        var signature = one.Signature;
        if (signature.Entry is null)
        {
            Add(one, OfdAnswer.StructureError, $"签名描述文件 {signature.Location ?? "（没有写明）"} 不存在");
        }
        else if (signature.Root is null)
        {
            Add(one, OfdAnswer.StructureError, $"签名描述文件 {signature.Entry.Path} 读不出");
        }
        else if (signature.Value is null)
        {
            Add(one, OfdAnswer.StructureError, $"签名值 {signature.ValueLocation ?? "（没有写明）"} 不存在");
        }
        else if (one.Report is null)
        {
            Add(one, OfdAnswer.StructureError, $"签名值 {signature.Value.Path} 读不出");
        }

        if (signature is { SealLocation: { Length: > 0 } seal, SealFile: null })
        {
            Add(one, OfdAnswer.StructureError, $"印章文件 {seal} 不存在");
        }
    }

    private static void Digests(CheckedSignature one)
    {
        foreach (var reference in one.References)
        {
            switch (reference.Outcome)
            {
                case ReferenceOutcome.Differs:
                    Add(one, OfdAnswer.Tampered, reference.Say());
                    break;
                case ReferenceOutcome.Missing or ReferenceOutcome.Unreadable:
                    Add(one, OfdAnswer.StructureError, reference.Say());
                    break;
                case ReferenceOutcome.Unknown:
                    Add(one, OfdAnswer.Undecidable, reference.Say());
                    break;
                default:
                    break;
            }
        }

        foreach (var weak in one.References.Where(r => SealHashes.IsWeak(r.Method)).Select(r => r.Method).Distinct(StringComparer.Ordinal))
        {
            one.Remarks.Add($"文件摘要用 {weak}，可以被碰撞伪造");
        }
    }

    private static void Steps(CheckedSignature one)
    {
        foreach (var check in one.Report?.Checks ?? [])
        {
            var answer = Meaning(check);
            var text = $"{EnumWords.Say(check.Step)}：{(check.Note.Length > 0 ? check.Note + "；" : "")}签名或证书所载 {check.Stated}，实际 {check.Found}";
            if (answer != OfdAnswer.Intact)
            {
                Add(one, answer, text);
            }
            else if (check.Outcome is SealOutcome.NoRoots or SealOutcome.Undecided or SealOutcome.NotChecked || IsQualified(check))
            {
                one.Remarks.Add($"{EnumWords.Say(check.Step)}：{check.Note}");
            }

            if (check.WeakHash is { } weak)
            {
                one.Remarks.Add($"{EnumWords.Say(check.Step)}用 {weak}，可以被碰撞伪造");
            }
        }
    }

    /// <summary>Not revoked, as far as the time is believed that the signer wrote.</summary>
    private static bool IsQualified(SealCheck check) => check is { Step: SealStep.SignerRevocation or SealStep.MakerRevocation, Outcome: SealOutcome.Holds, Note.Length: > 0 };

    private static OfdAnswer Meaning(SealCheck check) => check.Outcome switch
    {
        SealOutcome.Fails when check.Step == SealStep.Shape => OfdAnswer.StructureError,
        SealOutcome.Fails when Binding.Contains(check.Step) => OfdAnswer.Tampered,
        SealOutcome.Fails when check.Step is SealStep.CertificateValidity or SealStep.SealValidity or SealStep.SignerRevocation or SealStep.MakerRevocation => OfdAnswer.ExpiredAtSigning,
        SealOutcome.Fails => OfdAnswer.Undecidable,
        SealOutcome.Undecided when check.Step is not (SealStep.Timestamp or SealStep.SignerRevocation or SealStep.MakerRevocation) => OfdAnswer.Undecidable,
        _ => OfdAnswer.Intact,
    };

    /// <summary>What only the list of signatures lost to a later signature that covers all the earlier one did.</summary>
    private static void Excuse(CheckedSignature earlier, IEnumerable<CheckedSignature> later, OfdDocument document)
    {
        var changed = earlier.References.Where(r => r.Outcome == ReferenceOutcome.Differs).ToList();
        if (earlier.Answer != OfdAnswer.Tampered || !earlier.IsWhole || changed.Count == 0 || document.SignatureList is not { } list || !changed.TrueForAll(r => r.Entry?.Index == list.Entry.Index)
            || earlier.Report is not { } report || report.Checks.Any(c => Meaning(c) == OfdAnswer.Tampered))
        {
            return;
        }

        var by = later.FirstOrDefault(l => l.Answer is OfdAnswer.Intact or OfdAnswer.Superseded && earlier.References.TrueForAll(r => r.Entry is { } e && (e.Index == list.Entry.Index || l.IsProtected(e))));
        if (by is null)
        {
            return;
        }

        var reason = $"签名之后只有签名列表 {list.Path} 变化（{changed[0].Say()}），由签名 {by.Signature.Id} 加入自身造成；后者完好并覆盖同样的内容";
        var other = report.Checks.Select(Meaning).Append(OfdAnswer.Superseded).Max();
        earlier.Reasons.Insert(0, reason);
        earlier.Answer = other;
    }

    private static void Add(CheckedSignature one, OfdAnswer answer, string reason)
    {
        one.Answer = (OfdAnswer)Math.Max((int)one.Answer, (int)answer);
        if (one.Reasons.Count < MostReasons)
        {
            one.Reasons.Add(reason);
        }
    }
}
