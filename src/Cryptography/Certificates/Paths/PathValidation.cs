namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Looks a whole path over (RFC 5280 §6.1.3, §6.1.4) and names every fault. Policies are not evaluated: any policy is accepted.</summary>
internal sealed class PathValidation(
    IReadOnlyList<CertificateDetails> path, PathQuestion question, Func<CertificateDetails, CertificateDetails, SignatureCheck> check, NameBudget names)
{
    private const string AnyPurpose = "2.5.29.37.0";
    private readonly List<PathFault> _faults = [];

    public List<PathFault> Run()
    {
        for (var i = 0; i < path.Count; i++)
        {
            Signature(i);
            Validity(i);
            Extensions(i);
            if (i > 0)
            {
                Authority(i);
                Names(i);
            }
        }

        return _faults;
    }

    private void Signature(int i)
    {
        if (i + 1 == path.Count)
        {
            return;
        }

        switch (check(path[i], path[i + 1]))
        {
            case SignatureCheck.Invalid:
                Add(PathFaultKind.SignatureInvalid, i, $"{path[i].Subject.Text} 的签名用 {path[i + 1].Subject.Text} 的公钥验证不过");
                break;
            case SignatureCheck.Unsupported:
                Add(PathFaultKind.SignatureUnsupported, i, $"{path[i].Subject.Text} 的签名算法 {path[i].SignatureAlgorithm.Name} 或其密钥参数不在可验证之列");
                break;
        }
    }

    private void Validity(int i)
    {
        if (path[i].NotBefore is not { } from || path[i].NotAfter is not { } to)
        {
            Add(PathFaultKind.ValidityUnreadable, i, $"{path[i].Subject.Text} 的有效期读不出");
            return;
        }

        if (question.At < from)
        {
            Add(PathFaultKind.NotYetValid, i, $"{path[i].Subject.Text} 自 {from:yyyy-MM-dd} 才生效");
        }

        if (question.At > to)
        {
            Add(PathFaultKind.Expired, i, $"{path[i].Subject.Text} 已于 {to:yyyy-MM-dd} 到期");
        }
    }

    private void Extensions(int i)
    {
        foreach (var extension in path[i].Extensions.Where(e => !path[i].Values.IsReadable(e.Oid) && (e.IsCritical || IsDecisive(e.Oid))).DistinctBy(e => e.Oid, StringComparer.Ordinal))
        {
            Add(PathFaultKind.ExtensionUnreadable, i, $"{path[i].Subject.Text} 的扩展 {extension.Name} 读不出");
        }

        foreach (var extension in path[i].Extensions.Where(e => e.IsCritical && !ExtensionOids.IsProcessed(e.Oid)))
        {
            Add(PathFaultKind.CriticalExtensionUnknown, i, $"{path[i].Subject.Text} 带有不认识的关键扩展 {extension.Name}");
        }
    }

    /// <summary>Taken for absent, these would let pass what they forbid.</summary>
    private static bool IsDecisive(string oid) =>
        oid is ExtensionOids.BasicConstraints or ExtensionOids.KeyUsage or ExtensionOids.NameConstraints or ExtensionOids.ExtendedKeyUsage or ExtensionOids.SubjectAlternativeName;

    private void Authority(int i)
    {
        var issuer = path[i];
        var values = issuer.Values;
        if (!IsAuthority(issuer, isLast: i + 1 == path.Count))
        {
            Add(PathFaultKind.IssuerNotCa, i, $"{issuer.Subject.Text} 不是 CA 证书（basicConstraints）");
        }

        if (values.AllowsUse("keyCertSign") == false)
        {
            Add(PathFaultKind.IssuerMayNotSign, i, $"{issuer.Subject.Text} 的密钥用途不含 keyCertSign");
        }

        var below = path.Skip(1).Take(i - 1).Count(c => !c.IsSelfIssued);
        if (values.BasicConstraints is { IsCa: true, PathLength: { } most } && below > most)
        {
            Add(PathFaultKind.PathTooLong, i, $"{issuer.Subject.Text} 之下最多 {most} 级 CA，实有 {below} 级");
        }

        if (question.Purpose is { } purpose && values.NamesPurpose(purpose) == false && values.NamesPurpose(AnyPurpose) == false)
        {
            Add(PathFaultKind.PurposeNotAllowed, i, $"{issuer.Subject.Text} 的扩展密钥用途不含 {CertificateAlgorithms.PurposeName(purpose)}");
        }
    }

    /// <summary>Old roots of version 1, and such whose key usage alone says so, are taken at the end of a path, where somebody vouches for them.</summary>
    private static bool IsAuthority(CertificateDetails issuer, bool isLast)
    {
        var values = issuer.Values;
        if (values.BasicConstraints is { } constraints)
        {
            return constraints.IsCa;
        }

        return isLast && ((issuer.Version == 1 && issuer.IsSelfIssued) || values.AllowsUse("keyCertSign") == true);
    }

    private void Names(int i)
    {
        if (path[i].Values.NameConstraints is not { } constraints)
        {
            return;
        }

        for (var j = 0; j < i; j++)
        {
            if (j > 0 && path[j].IsSelfIssued)
            {
                continue;
            }

            switch (constraints.Judge(NamesOf(path[j]), names))
            {
                case NameVerdict.Forbidden:
                    Add(PathFaultKind.NameForbidden, j, $"{path[j].Subject.Text} 的名称不在 {path[i].Subject.Text} 的名称限制之内");
                    break;
                case NameVerdict.Undecided:
                    Add(PathFaultKind.NameUndecided, j, $"{path[i].Subject.Text} 的名称限制用于本工具不比较的名称种类");
                    break;
            }
        }
    }

    private static List<GeneralName> NamesOf(CertificateDetails certificate)
    {
        List<GeneralName> found = [.. certificate.Values.AlternativeNames ?? []];
        if (!certificate.Subject.IsEmpty)
        {
            found.Add(GeneralName.Of(certificate.Subject));
        }

        return found;
    }

    private void Add(PathFaultKind kind, int position, string note) => _faults.Add(new PathFault(kind, position, note));
}
