using System.Buffers.Text;
using System.Globalization;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>EEP-07: every 电子签名 held against the 被签名对象 beside its block, every 锁定签名 against the signature it names.</summary>
/// <param name="root">The package.</param>
/// <param name="source">The same as it was written.</param>
/// <param name="declared">What signatures are made over, where the profile says so; then nothing else is tried, and what does not verify is wrong.</param>
/// <param name="trust">Whose certificates are believed.</param>
internal sealed class EepSignatures(XElement root, EepSource source, EepForm? declared, SealTrust trust)
{
    /// <summary>Words of a profile, in the order of <see cref="EepForm"/>.</summary>
    private const string SignedForms = "stored、c14n、exc-c14n、text、leaves、leaves-and-attributes";
    private const int MaxSignatures = 64;
    private const int MaxCertificates = 8;

    /// <summary>Bytes hashed for all signatures of a package together.</summary>
    private const long MaxHashedBytes = 1L << 30;

    private readonly EepRun _run = new("EEP-07");
    private long _hashed;

    public EepCheck Check()
    {
        var signatures = PackageMarkup.Named(root, "电子签名").ToList();
        var locks = PackageMarkup.Named(root, "锁定签名").ToList();
        if (signatures.Count + locks.Count > MaxSignatures)
        {
            _run.CouldNot(string.Create(CultureInfo.InvariantCulture, $"签名超过 {MaxSignatures} 个，没有核验"));
            return _run.Done();
        }

        // Signatures of an earlier layer say nothing of what was added around it.
        var isSigned = signatures.Exists(s => s.Parent?.Parent == root);
        if (!isSigned)
        {
            _run.CouldNot(signatures.Count == 0 ? "没有电子签名" : "最外层的被签名对象没有电子签名");
        }

        Outside(isSigned);
        List<(XElement Signature, string Place, XElement? Signed, string What)> pairs =
        [
            .. signatures.Select(s => (s, $"电子签名 {PackageMarkup.Of(s, "签名标识符")?.Trim()}", Beside(s), "同一层的被签名对象")),
            .. locks.Select(l => (l, $"锁定签名 {PackageMarkup.Of(l, "被锁定签名标识符")?.Trim()}", Locked(l, signatures), "被锁定的电子签名")),
        ];
        source.Seek([.. pairs.Select(p => p.Signed).OfType<XElement>()]);
        pairs.ForEach(p => One(p.Signature, p.Place, p.Signed, p.What));
        return _run.Done();
    }

    /// <summary>Content is read wherever it stands; what stands beside the signed object could be put there afterwards.</summary>
    private void Outside(bool isSigned)
    {
        var stray = root.Elements().Where(e => e.Name.LocalName != "被签名对象").SelectMany(e => e.DescendantsAndSelf()).Where(e => e.Name.LocalName is "编码" or "文件实体").ToList();
        if (stray.Count == 0)
        {
            return;
        }

        var what = string.Create(CultureInfo.InvariantCulture, $"{stray.Count} 个{stray[0].Name.LocalName}等内容在被签名对象之外（第一个在{stray[0].Parent!.Name.LocalName}里），没有签名覆盖");
        if (isSigned)
        {
            _run.Compare(isSame: false, "编码与文件实体", what, "都在最外层的被签名对象里");
        }
        else
        {
            _run.CouldNot(what);
        }
    }

    private static XElement? Beside(XElement signature) =>
        signature.Parent is { Name.LocalName: "电子签名块", Parent: { } layer } && layer.Elements().Where(e => e.Name.LocalName == "被签名对象").ToList() is [var only] ? only : null;

    private static XElement? Locked(XElement locked, List<XElement> signatures)
    {
        var id = PackageMarkup.Of(locked, "被锁定签名标识符")?.Trim();
        return signatures.Where(s => s.Parent?.Parent == locked.Parent && PackageMarkup.Of(s, "签名标识符")?.Trim() == id).ToList() is [var only] ? only : null;
    }

    private void One(XElement signature, string place, XElement? signed, string what)
    {
        var certificates = Certificates(signature, place);
        var written = PackageMarkup.Of(signature, "签名结果") ?? "";
        var text = string.Concat(written.Where(c => !char.IsWhiteSpace(c)));
        var isValue = text.Length > 0 && Base64.IsValid(text);
        _run.Compare(isValue, $"{place} 签名结果", ItemTally.Shown(written, 40), "Base64 的签名值");
        if (!isValue)
        {
            return;
        }

        if (signed is null)
        {
            _run.CouldNot($"{place}：找不到唯一的{what}，签名值没有验证");
            return;
        }

        var value = Convert.FromBase64String(text);
        if (SignedMessage.TryRead(value, out _) is { } message)
        {
            Message(place, message, signed, certificates, At(signature));
        }
        else
        {
            Value(place, value, PackageMarkup.Of(signature, "签名算法标识") ?? "", signed, certificates, At(signature));
        }
    }

    private List<CertificateDetails> Certificates(XElement signature, string place)
    {
        var found = new List<CertificateDetails>();
        var elements = signature.Descendants().Where(e => e.Name.LocalName == "证书" && !e.HasElements).Take(MaxCertificates + 1).ToList();
        _run.Compare(elements.Count > 0, $"{place} 证书", "没有", "至少一张");
        foreach (var element in elements.Take(MaxCertificates))
        {
            var text = string.Concat(element.Value.Where(c => !char.IsWhiteSpace(c)));
            var bytes = Base64.IsValid(text) && text.Length > 0 ? Convert.FromBase64String(text) : null;
            string? problem = null;
            var read = bytes is null ? null : CertificateDetails.TryRead(bytes, out problem);
            _run.Compare(read is not null, $"{place} 证书", bytes is null ? ItemTally.Shown(element.Value, 40) : problem ?? "读不出", "Base64 的 X.509 证书");
            if (read is not null)
            {
                found.Add(read);
            }
        }

        if (elements.Count > MaxCertificates)
        {
            _run.CouldNot(string.Create(CultureInfo.InvariantCulture, $"{place}：证书超过 {MaxCertificates} 张，只看了前 {MaxCertificates} 张"));
        }

        return found;
    }

    private void Value(string place, byte[] value, string name, XElement signed, List<CertificateDetails> certificates, DateTimeOffset? at)
    {
        if (LooseSignature.AlgorithmOf(name) is not { } algorithm || certificates.Count == 0)
        {
            _run.CouldNot($"{place}：{(certificates.Count == 0 ? "没有可读的证书" : $"签名算法标识 {ItemTally.Shown(name, 40)} 不在可验证之列")}，签名值没有验证");
            return;
        }

        bool? isKnown = null;
        foreach (var (form, content) in Forms(signed))
        {
            foreach (var certificate in certificates)
            {
                if (!Afford(content))
                {
                    _run.CouldNot($"{place}：要重算的内容过多，签名值没有验证");
                    return;
                }

                var holds = LooseSignature.Verifies(certificate, algorithm, content, value);
                isKnown = isKnown != false && holds is not null;
                if (holds == true)
                {
                    Holds(place, form, LooseSignature.WeakHashOf(algorithm));
                    Signer(place, certificate, certificates, at);
                    return;
                }
            }
        }

        Failed(place, isKnown, $"{certificates[0].Subject.Text} 的公钥");
    }

    private void Message(string place, SignedMessage message, XElement signed, List<CertificateDetails> certificates, DateTimeOffset? at)
    {
        if (message.Content is not null)
        {
            _run.CouldNot($"{place}：签名结果是自带内容的签名消息，没有与封装包的内容比对");
            return;
        }

        bool? isKnown = null;
        foreach (var (form, content) in Forms(signed))
        {
            if (!Afford(content))
            {
                _run.CouldNot($"{place}：要重算的内容过多，签名值没有验证");
                return;
            }

            var report = DetachedSignature.Check(message, content, at, SealTrust.None);
            isKnown = isKnown != false && !report.Checks.Any(c => c is { Step: SealStep.DataHash or SealStep.SignerSignature, Outcome: SealOutcome.Undecided });
            if (report.Of(SealStep.DataHash) == SealOutcome.Holds && report.Of(SealStep.SignerSignature) == SealOutcome.Holds
                && report.Of(SealStep.ContentType) is null or SealOutcome.Holds && report.Signer is { } signer)
            {
                Holds(place, form, report.Checks.Select(c => c.WeakHash).FirstOrDefault(w => w is not null));
                _run.Compare(certificates.Exists(c => c.Sha256 == signer.Sha256), $"{place} 证书", $"签名消息的签名者 {signer.Subject.Text}", "证书块里有这张证书");
                Signer(place, signer, [.. certificates, .. message.Certificates], report.SignedAt);
                return;
            }
        }

        Failed(place, isKnown, "签名消息所附的证书");
    }

    private IEnumerable<(EepForm Form, byte[] Content)> Forms(XElement signed) => source.Forms(signed).Where(f => declared is null || f.Form == declared);

    private bool Afford(byte[] content)
    {
        _hashed += content.Length;
        return _hashed <= MaxHashedBytes;
    }

    private void Holds(string place, EepForm form, string? weak)
    {
        _run.Compare(isSame: true, $"{place} 签名结果", "", "");
        if (form >= EepForm.Text)
        {
            _run.Remark($"{place} 按“{EnumWords.Say(form)}”验证成立，这样的签名只固定文字，文字属于哪个元素不受保护");
        }

        if (weak is not null)
        {
            _run.Remark($"{place} 用 {weak}，可以造出签名同样成立的另一份内容，应改用 SM3");
        }
    }

    /// <param name="place">Of the signature.</param>
    /// <param name="isKnown">Whether all that was tried could be verified; null where nothing was tried.</param>
    /// <param name="with">Whose key.</param>
    private void Failed(string place, bool? isKnown, string with)
    {
        if (isKnown is null)
        {
            _run.CouldNot($"{place}：被签的元素取不出{(declared is { } wanted ? $"“{EnumWords.Say(wanted)}”" : "可验证")}的内容，签名值没有验证");
        }
        else if (isKnown == false)
        {
            _run.CouldNot($"{place}：签名算法不在可验证之列，签名值没有验证");
        }
        else if (declared is { } form)
        {
            _run.Compare(isSame: false, $"{place} 签名结果", $"用{with}验证不通过", $"对“{EnumWords.Say(form)}”的签名");
        }
        else
        {
            _run.CouldNot($"{place}：用{with}按{string.Join("、", Enum.GetValues<EepForm>().Select(f => EnumWords.Say(f)))}逐一验证都不成立：内容改动过，或签名的输入另有规定。知道是其中哪一种的，复制规范 rulesets/electronic-archives/packages/p-eep.yaml，改掉编号，加一行 signedForm（依次为 {SignedForms}），用 --package-profile 再验：那时对不上就是签名不成立；不在这六种之内的由人核验");
        }
    }

    private void Signer(string place, CertificateDetails signer, IReadOnlyList<CertificateDetails> presented, DateTimeOffset? at)
    {
        if (at is { } moment)
        {
            _run.Compare(
                signer.NotBefore <= moment && moment <= signer.NotAfter, $"{place} 签名时间", Clock(moment), $"证书有效期 {Clock(signer.NotBefore)} 至 {Clock(signer.NotAfter)}");
        }
        else
        {
            _run.CouldNot($"{place}：没有签名时间，证书当时是否有效没有比");
        }

        var chain = LooseSignature.Chain(signer, presented, trust, at);
        if (chain.Outcome == SealOutcome.Holds)
        {
            _run.Compare(isSame: true, $"{place} 证书链", "", "");
        }
        else
        {
            _run.CouldNot($"{place}：{EnumWords.Say(chain.Step)}{EnumWords.Say(chain.Outcome)}，{chain.Note}");
        }

        var revocation = LooseSignature.Revocation(signer, presented, trust, at);
        if (revocation.Outcome is SealOutcome.Holds or SealOutcome.Fails)
        {
            _run.Compare(revocation.Outcome == SealOutcome.Holds, $"{place} 证书撤销", revocation.Found, revocation.Stated);
        }
        else if (revocation.Outcome == SealOutcome.Undecided)
        {
            _run.CouldNot($"{place}：{revocation.Note}");
        }
    }

    private static string Clock(DateTimeOffset? time) => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{BeijingTime.ClockOf(known):yyyy-MM-dd HH:mm:ss}") : "读不出";

    private static DateTimeOffset? At(XElement signature) =>
        ValueForms.Moment(PackageMarkup.Of(signature, "签名时间")?.Trim() ?? "") is { } time ? BeijingTime.InstantOf(time) : null;
}
