namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The steps of a signature made with a seal (GB/T 38540-2020 clause 7.3; GM/T 0031-2014 clause 7.3).</summary>
internal sealed class SealSteps(SealQuestion question, SealSignature signature)
{
    private readonly ElectronicSeal _seal = signature.Seal;
    private readonly CertificateDetails? _signer = CertificateDetails.TryRead(signature.Certificate, out _);
    private readonly CertificateDetails? _maker = CertificateDetails.TryRead(signature.Seal.MakerCertificate, out _);

    public SealReport Run()
    {
        var at = signature.SignedAt ?? question.WrittenAt;
        var stamp = Timestamp();
        var stampedAt = stamp.Outcome == SealOutcome.Holds ? SignatureStampedAt() : null;
        List<CertificateDetails> enclosed = [.. new[] { _signer, _maker }.OfType<CertificateDetails>()];
        return new SealReport
        {
            Shape = SealShape.Seal,
            Standard = signature.Standard,
            Seal = _seal,
            Signer = _signer,
            Maker = _maker,
            SignedAt = at,
            Checks =
            [
                Shape(),
                DataHash(),
                Property(),
                Signature(),
                Listed(),
                Maker(),
                CertificateSteps.Validity(SealStep.CertificateValidity, "证书", _signer?.NotBefore, _signer?.NotAfter, at),
                CertificateSteps.Validity(SealStep.SealValidity, "印章", _seal.ValidFrom, _seal.ValidTo, at),
                SealFile(),
                stamp,
                CertificateSteps.Chain(SealStep.SignerChain, _signer, enclosed, question.Trust, at),
                CertificateSteps.Chain(SealStep.MakerChain, _maker, enclosed, question.Trust, at),
                RevocationSteps.Of(SealStep.SignerRevocation, _signer, enclosed, question.Trust, at, stampedAt),
                RevocationSteps.Of(SealStep.MakerRevocation, _maker, enclosed, question.Trust, at, stampedAt),
            ],
        };
    }

    private SealCheck Shape() => _seal.HeaderId == "ES"
        ? new(SealStep.Shape, SealOutcome.Holds, "ES", _seal.HeaderId, Model.EnumWords.Say(signature.Standard))
        : new(SealStep.Shape, SealOutcome.Undecided, "ES", _seal.HeaderId, "印章头标识不是 ES");

    private SealCheck DataHash()
    {
        var found = Sm3.HashData(question.SignedFile.Span);
        var holds = found.AsSpan().SequenceEqual(signature.DataHash.Span);
        return new(SealStep.DataHash, holds ? SealOutcome.Holds : SealOutcome.Fails, SealVerification.Hex(signature.DataHash.Span), SealVerification.Hex(found), holds ? "" : "签名描述文件与签名里的摘要（SM3）不一致");
    }

    private SealCheck Property()
    {
        var holds = Bare(signature.Property).Equals(Bare(question.SignedFilePath), StringComparison.OrdinalIgnoreCase);
        return new(SealStep.PropertyPath, holds ? SealOutcome.Holds : SealOutcome.Fails, signature.Property, question.SignedFilePath, holds ? "" : "签名里写的原文路径不是签名描述文件的路径");
    }

    private static string Bare(string path) => path.Replace('\\', '/').Trim('\0', ' ').TrimStart('.', '/');

    private SealCheck Signature() => Verified(SealStep.SignerSignature, _signer, signature.Algorithm, signature.Signature, "签名数据", signature.Signed);

    private SealCheck Maker() => Verified(SealStep.MakerSignature, _maker, _seal.MakerAlgorithm, _seal.MakerSignature, "印章信息", _seal.SealInfo, _seal.InfoWithMaker());

    private static SealCheck Verified(SealStep step, CertificateDetails? by, string algorithm, ReadOnlyMemory<byte> value, string what, params IReadOnlyList<ReadOnlyMemory<byte>> forms)
    {
        if (by is null)
        {
            return new(step, SealOutcome.Undecided, "签名者的证书", "读不出", "证书读不出，无法验证");
        }

        var results = forms.Select(f => SealVerification.Verifies(by, algorithm, f.Span, value.Span)).ToList();
        return results.Contains(true) ? new(step, SealOutcome.Holds, SealVerification.Hex(value.Span), by.Subject.Text, "") { WeakHash = SealHashes.FirstWeak(SignatureAlgorithm.Of(algorithm).Hash) }
            : results.Contains(null) ? new(step, SealOutcome.Undecided, algorithm, by.Key.Algorithm, "签名算法不在可验证之列")
            : new(step, SealOutcome.Fails, SealVerification.Hex(value.Span), by.Subject.Text, $"用所附证书的公钥验证{what}的签名不通过");
    }

    private SealCheck Listed()
    {
        var listed = _seal.ListedCertificates;
        var own = signature.Certificate;
        var stated = $"列表 {listed.Count} 项：{string.Join("、", listed.Take(3).Select(Entry))}{(listed.Count > 3 ? "…" : "")}";
        var found = $"签名证书 SM3 {SealVerification.Hex(Sm3.HashData(own.Span))}";
        if (listed.Any(c => c.Span.SequenceEqual(own.Span)) || IsListedAsDigest(own))
        {
            return new(SealStep.CertificateListed, SealOutcome.Holds, stated, found, "");
        }

        // A list without a single certificate or digest binds the seal to nobody, and neither accuses nor clears the signer.
        return listed.Any(IsMeaningful)
            ? new(SealStep.CertificateListed, SealOutcome.Fails, stated, found, "签名证书不在印章的证书列表中：印章可能被他人盗用")
            : new(SealStep.CertificateListed, SealOutcome.Undecided, stated, found, "印章的证书列表里没有可用的证书，印章没有与任何签名者绑定");
    }

    private bool IsListedAsDigest(ReadOnlyMemory<byte> own)
    {
        var digest = Sm3.HashData(own.Span);
        var sha256 = System.Security.Cryptography.SHA256.HashData(own.Span);
        return _seal.ListedCertificates.Any(c => c.Span.SequenceEqual(digest) || c.Span.SequenceEqual(sha256));
    }

    private static string Entry(ReadOnlyMemory<byte> entry) =>
        CertificateDetails.TryRead(entry, out _) is { } certificate ? $"{certificate.Subject.Text}（SM3 {SealVerification.Hex(Sm3.HashData(entry.Span))}）" : SealVerification.Hex(entry.Span);

    private static bool IsMeaningful(ReadOnlyMemory<byte> entry) => entry.Length is 32 or 20 or 48 or 64 || CertificateDetails.TryRead(entry, out _) is not null;

    private SealCheck SealFile()
    {
        if (question.SealFile is not { } file)
        {
            return new(SealStep.SealFile, SealOutcome.Absent, "印章文件", "没有单独的印章文件", "");
        }

        var holds = file.Span.SequenceEqual(_seal.Der.Span);
        return new(
            SealStep.SealFile, holds ? SealOutcome.Holds : SealOutcome.Fails, $"签名内的印章 SM3 {SealVerification.Hex(Sm3.HashData(_seal.Der.Span))}",
            $"印章文件 SM3 {SealVerification.Hex(Sm3.HashData(file.Span))}", holds ? "" : "印章文件与签名内的印章不是同一枚");
    }

    /// <summary>What is stamped may also be the file, which was there before anybody signed it: of that time nothing follows for the signature.</summary>
    private DateTimeOffset? SignatureStampedAt() =>
        (signature.Timestamp ?? signature.TimeToken) is { } der && TimestampToken.TryRead(der, out _) is { } token && SealHashes.Of(token.ImprintOid, signature.Signature.Span) is { } digest
            && token.Imprint.Span.SequenceEqual(digest) ? token.At : null;

    private SealCheck Timestamp()
    {
        if ((signature.Timestamp ?? signature.TimeToken) is not { } der)
        {
            return new(SealStep.Timestamp, SealOutcome.Absent, "时间戳", "没有", "签名时间只是签名者自己写的");
        }

        // What is stamped differs: the bits of the signature (GB/T 38540), or the file that is signed (V1), or its digest as it stands.
        return TimestampSteps.Of(der, [signature.Signature, question.SignedFile, signature.DataHash], question.Trust, signature.DataHash);
    }
}
