using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Decides what the parts of one file are, by label where they have one and by structure where not.</summary>
internal sealed class PartRecognition(FoundParts found, string file)
{
    private static readonly DerLimits Limits = DerLimits.Cms with { MaxIntegerBytes = 2056 };

    public void Read(ReadOnlyMemory<byte> bytes)
    {
        var before = found.Count + found.Problems.Count;
        List<(FoundAt At, string What)> loose = [];
        if (KeyContainerReader.ReadFile(bytes, out var problem) is { } whole)
        {
            AddKey(new FoundAt(file, 0), whole);
        }
        else if (problem is not null)
        {
            found.Trouble(new FoundAt(file, 0), problem);
            found.Keys.Add(new Found<KeyContainer>(new FoundAt(file, 0), null));
        }
        else
        {
            var text = KeysInText.Unescaped(bytes.Span) ?? bytes.ToArray();
            var taken = FileTaking.Run(text);
            ReadParts(taken);
            loose = new TextKeys(found, file, AddKey).Read(text, taken.Parts);
        }

        if (found.Count + found.Problems.Count == before)
        {
            found.OtherFiles.Add(file);
            if (KeysInText.NotLookedInto(bytes.Span) is { } why)
            {
                found.Doubt(new FoundAt(file, 0), why);
                return;
            }
        }
        else if (KeysInText.Archive(bytes.Span) is { } archive)
        {
            found.Doubt(new FoundAt(file, 0), archive);
        }

        foreach (var (at, what) in loose)
        {
            found.Doubt(at, what);
        }
    }

    private void ReadParts(TakenApart taken)
    {
        found.IsWhole &= taken.IsWhole;
        found.Remarks.AddRange(taken.Remarks.Select(r => $"{file}：{r}"));
        foreach (var part in taken.Parts)
        {
            var at = new FoundAt(file, part.Offset);
            if (part.Label is null)
            {
                ReadDer(at, part.Bytes);
            }
            else
            {
                ReadSection(at, part);
            }
        }

        foreach (var problem in taken.Problems)
        {
            Unread(new FoundAt(file, problem.Offset), problem.Label, problem.Label is null ? problem.Found : $"{problem.Label} 段：{problem.Found}");
        }
    }

    /// <summary>Its label says what a broken section was to be.</summary>
    private void Unread(FoundAt at, string? label, string what)
    {
        found.Trouble(at, what);
        if (label is null || !PemLabels.HoldsNoKey(label))
        {
            found.Keys.Add(new Found<KeyContainer>(at, null));
        }

        if (label is null || label.Contains("CERTIFICATE", StringComparison.Ordinal) || label is "PKCS7" or "CMS")
        {
            found.Certificates.Add(new Found<CertificateDetails>(at, null));
        }

        if (label == "X509 CRL")
        {
            found.Lists.Add(new Found<RevocationList>(at, null));
        }
    }

    private void ReadSection(FoundAt at, FilePart part)
    {
        var label = part.Label!;
        if (PemLabels.IsKey(label))
        {
            ReadKey(at, part);
            return;
        }

        // No label makes a key something else.
        if (KeyContainerReader.ReadDer(part.Bytes, out _) is { } key)
        {
            AddKey(at, key);
            return;
        }

        switch (label)
        {
            case "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE":
                AddCertificate(at, part.Bytes, label);
                break;
            case "CERTIFICATE REQUEST" or "NEW CERTIFICATE REQUEST":
                AddRequest(at, part.Bytes, label);
                break;
            case "X509 CRL":
                AddList(at, part.Bytes, label);
                break;
            case "PKCS7" or "CMS":
                AddBundle(at, part.Bytes);
                break;
        }

        if (PemLabels.HoldsNoKey(label) ? !PemLabels.Fits(label, part.Bytes.Span) : !TryReadDer(at, part.Bytes, out _))
        {
            found.Doubt(at, "段名没有规范，或者内容不是段名所说的结构，可能是私钥，请人工核对");
        }
    }

    private void ReadKey(FoundAt at, FilePart part)
    {
        if (KeyContainerReader.ReadPem(part.Label!, part.Headers, part.Bytes, out var problem) is { } key)
        {
            AddKey(at, key);
        }
        else
        {
            Unread(at, part.Label, $"{part.Label} 段：{problem ?? "内容不是该类密钥库的结构"}");
        }
    }

    private void ReadDer(FoundAt at, ReadOnlyMemory<byte> der)
    {
        if (!TryReadDer(at, der, out var problem))
        {
            found.Unreadable(at, problem);
        }
    }

    /// <returns>False where it is nothing known.</returns>
    private bool TryReadDer(FoundAt at, ReadOnlyMemory<byte> der, out string problem)
    {
        try
        {
            DerGuard.Check(der, Limits);
        }
        catch (DerRejectedException refused)
        {
            problem = refused.Message;
            return false;
        }

        problem = "";
        if (KeyContainerReader.ReadDer(der, out _) is { } key)
        {
            AddKey(at, key);
        }
        else if (RevocationList.IsLikely(der))
        {
            AddList(at, der, null);
        }
        else if (CertificationRequest.IsLikely(der))
        {
            AddRequest(at, der, null);
        }
        else if (CertificateDetails.TryRead(der, out var why) is { } certificate)
        {
            AddCertificate(at, certificate);
        }
        else if (!TryAddBundle(at, der))
        {
            problem = $"不是证书、申请、撤销列表、PKCS#7 或私钥的结构（{why}）";
            return false;
        }

        return true;
    }

    private void AddKey(FoundAt at, KeyContainer key)
    {
        found.Keys.Add(new Found<KeyContainer>(at, key));
        foreach (var der in key.Certificates)
        {
            AddCertificate(at, der, null);
        }
    }

    private void AddCertificate(FoundAt at, ReadOnlyMemory<byte> der, string? label)
    {
        if (CertificateDetails.TryRead(der, out var problem) is { } certificate)
        {
            AddCertificate(at, certificate);
            return;
        }

        found.Trouble(at, $"{label ?? "证书"}：{problem}");
        found.Certificates.Add(new Found<CertificateDetails>(at, null));
    }

    private void AddCertificate(FoundAt at, CertificateDetails certificate)
    {
        found.Certificates.Add(new Found<CertificateDetails>(at, certificate));
        found.Remarks.AddRange(certificate.Problems.Concat(certificate.Values.Unreadable.Select(o => $"扩展 {o} 读不出或重复出现")).Select(p => $"{at}：{p}"));
    }

    private void AddRequest(FoundAt at, ReadOnlyMemory<byte> der, string? label)
    {
        var request = CertificationRequest.TryRead(der, out var problem);
        if (request is null)
        {
            found.Trouble(at, $"{label ?? "证书申请"}：{problem}");
        }

        found.Requests.Add(new Found<CertificationRequest>(at, request));
    }

    private void AddList(FoundAt at, ReadOnlyMemory<byte> der, string? label)
    {
        var list = RevocationList.TryRead(der, out var problem);
        if (list is null)
        {
            found.Trouble(at, $"{label ?? "撤销列表"}：{problem}");
        }

        found.Lists.Add(new Found<RevocationList>(at, list));
    }

    private void AddBundle(FoundAt at, ReadOnlyMemory<byte> der)
    {
        if (!TryAddBundle(at, der))
        {
            Unread(at, "PKCS7", "PKCS#7 段里没有可读的证书或撤销列表");
        }
    }

    private bool TryAddBundle(FoundAt at, ReadOnlyMemory<byte> der)
    {
        var bundle = CertificateBundle.Read(der);
        if (bundle.Certificates.Count + bundle.RevocationLists.Count == 0)
        {
            return false;
        }

        bundle.Certificates.ToList().ForEach(c => AddCertificate(at, c));
        found.Lists.AddRange(bundle.RevocationLists.Select(l => new Found<RevocationList>(at, l)));
        foreach (var problem in bundle.Problems)
        {
            Unread(at, "PKCS7", problem);
        }

        return true;
    }
}
