namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Depth-first search over everybody who may have issued a certificate, within caps on length, steps and signature checks.</summary>
internal sealed class PathSearch
{
    private const int MaxLength = 12;
    private const int MaxSteps = 400;
    private const int MaxPaths = 48;
    private const int MaxIssuersPerStep = 8;

    private readonly PathQuestion _question;
    private readonly List<CertificateDetails> _issuers;
    private readonly HashSet<string> _anchors;
    private readonly HashSet<string> _presented;
    private readonly NameBudget _names = new();
    private CertificatePath? _best;
    private int _steps;
    private int _paths;
    private bool _cut;

    public PathSearch(PathQuestion question)
    {
        _question = question;
        _anchors = question.Anchors.Select(a => a.Sha256).ToHashSet(StringComparer.Ordinal);
        _presented = question.Presented.Select(a => a.Sha256).ToHashSet(StringComparer.Ordinal);
        _issuers = [.. question.Anchors.Concat(question.Presented).Concat(question.Supplied).DistinctBy(c => c.Sha256, StringComparer.Ordinal)];
    }

    public CertificatePath Run()
    {
        Extend([_question.Leaf]);
        return _best! with { SearchWasCut = _cut && _best.IsTrusted != true };
    }

    private void Extend(List<CertificateDetails> path)
    {
        if (++_steps > MaxSteps || _paths >= MaxPaths)
        {
            _cut = true;
            return;
        }

        var last = path[^1];
        if (_anchors.Contains(last.Sha256))
        {
            Keep(path, reachesAnchor: true, null);
        }

        if (_best?.IsTrusted == true)
        {
            return;
        }

        var issuers = IssuersOf(path);
        if (issuers.Count == 0 || path.Count == MaxLength)
        {
            _cut |= issuers.Count > 0;
            KeepUnfinished(path);
            return;
        }

        foreach (var issuer in issuers)
        {
            Extend([.. path, issuer]);
            if (_best?.IsTrusted == true)
            {
                return;
            }
        }
    }

    /// <summary>Those whose key made the signature or may have; where there are none, the one whose name fits, so that the fault can be named.</summary>
    private List<CertificateDetails> IssuersOf(List<CertificateDetails> path)
    {
        var last = path[^1];
        var named = _issuers.Where(i => i.Subject.Matches(last.Issuer) && !path.Exists(p => IsSameAuthority(p, i)))
            .OrderByDescending(i => Fitness(last, i)).ToList();
        var signers = named.Where(i => Check(last, i) != SignatureCheck.Invalid).ToList();
        if (signers.Count > MaxIssuersPerStep)
        {
            _cut = true;
            return signers[..MaxIssuersPerStep];
        }

        return signers.Count > 0 || IsOwnIssuer(last) ? signers : [.. named.Take(1)];
    }

    /// <summary>The same name with the same key again leads round in a circle, whatever else differs.</summary>
    private static bool IsSameAuthority(CertificateDetails a, CertificateDetails b) =>
        a.Sha256 == b.Sha256 || (a.Key.IsSameAs(b.Key) && a.Subject.Matches(b.Subject));

    private int Fitness(CertificateDetails child, CertificateDetails issuer)
    {
        var fitness = 0;
        if (child.Values.AuthorityKey?.KeyId is { } wanted && issuer.Values.SubjectKeyId is { } offered)
        {
            fitness += wanted == offered ? 8 : -8;
        }

        fitness += _anchors.Contains(issuer.Sha256) ? 4 : 0;
        fitness += issuer.NotBefore <= _question.At && _question.At <= issuer.NotAfter ? 2 : 0;
        return fitness + (_presented.Contains(issuer.Sha256) ? 1 : 0);
    }

    /// <summary>What cannot be paid for any more counts as not made, and the search as cut.</summary>
    private SignatureCheck Check(CertificateDetails child, CertificateDetails issuer)
    {
        if (_question.Ledger.Check(child, issuer) is { } known)
        {
            return known;
        }

        _cut = true;
        return SignatureCheck.Invalid;
    }

    private bool IsOwnIssuer(CertificateDetails certificate) =>
        certificate.IsSelfIssued && Check(certificate, certificate) != SignatureCheck.Invalid;

    private void KeepUnfinished(List<CertificateDetails> path)
    {
        var last = path[^1];
        if (_anchors.Contains(last.Sha256))
        {
            return;
        }

        Keep(path, reachesAnchor: false, IsOwnIssuer(last)
            ? new PathFault(PathFaultKind.RootNotAnchor, path.Count - 1, $"自签名证书 {last.Subject.Text} 不在信任锚之列")
            : new PathFault(PathFaultKind.IssuerNotFound, path.Count - 1, $"没有签发者 {last.Issuer.Text} 的证书"));
    }

    private void Keep(List<CertificateDetails> path, bool reachesAnchor, PathFault? ending)
    {
        _paths++;
        var faults = new PathValidation(path, _question, Check, _names).Run();
        if (ending is not null)
        {
            faults.Add(ending);
        }

        var found = new CertificatePath([.. path], reachesAnchor, faults, SearchWasCut: false);
        if (_best is null || Rank(found).CompareTo(Rank(_best)) > 0)
        {
            _best = found;
        }
    }

    private static (bool Trusted, bool Undecided, bool Anchored, int Faults, int Length) Rank(CertificatePath path) =>
        (path.IsTrusted == true, path.IsTrusted is null, path.ReachesAnchor, -path.Faults.Count, path.Certificates.Count);
}
