using System.Globalization;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whom an endpoint's certificates may lead to: what candidate.yaml supplies, and the roots of this machine.</summary>
internal sealed record TrustBasis
{
    /// <summary>Certificates candidate.yaml vouches for.</summary>
    public required IReadOnlyList<CertificateDetails> Own { get; init; }

    /// <summary>Roots of this machine; they know no SM2.</summary>
    public required IReadOnlyList<CertificateDetails> Platform { get; init; }

    public required IReadOnlyList<CertificateDetails> Supplied { get; init; }

    public required IReadOnlyList<RevocationList> RevocationLists { get; init; }

    /// <summary>Where the anchors come from and how many, for people.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>One for all the probes that look at the endpoint.</summary>
    public SignatureLedger Ledger { get; } = new();

    public IReadOnlyList<CertificateDetails> Anchors => [.. Own, .. Platform];

    public static Task<TrustBasis> OfAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken) =>
        context.Shared.GetAsync($"tls.trust-basis|{endpoint.TargetId}", token => ReadAsync(endpoint, context, token), cancellationToken);

    /// <summary>The best path of a leaf, and what it proves.</summary>
    /// <param name="leaf">First of its kind that was sent.</param>
    /// <param name="sent">Everything sent, the leaf included.</param>
    /// <param name="at">Moment of the observation.</param>
    /// <param name="purpose">Asked of issuers; null asks nothing.</param>
    public TrustFinding Follow(CertificateDetails leaf, IReadOnlyList<CertificateDetails> sent, DateTimeOffset at, string? purpose)
    {
        var path = CertificatePath.Find(new PathQuestion
        {
            Leaf = leaf, Presented = sent, Supplied = Supplied, Anchors = Anchors, At = at, Purpose = purpose, Ledger = Ledger,
        });
        return new TrustFinding(path, IsDecidable(path), this);
    }

    /// <summary>Nobody said which roots count for SM2 unless an SM2 anchor was supplied; without any anchor nothing can be untrusted.</summary>
    private bool IsDecidable(CertificatePath path)
    {
        if (path.ReachesAnchor)
        {
            return true;
        }

        var needsSm2 = path.Certificates.Any(c => c.Key.Algorithm == "SM2" || c.SignatureAlgorithm.Hash == "SM3");
        return needsSm2 ? Own.Any(a => a.Key.Algorithm == "SM2") : Own.Count + Platform.Count > 0;
    }

    private static async Task<TrustBasis> ReadAsync(Endpoint endpoint, ProbeContext context, CancellationToken cancellationToken)
    {
        var platform = await context.Shared.GetAsync("tls.platform-roots", _ => Task.FromResult(Certificates(context.Roots.Load())), cancellationToken);
        var sources = new List<string>();
        var own = new List<CertificateDetails>();
        foreach (var file in endpoint.Trust.Anchors)
        {
            var found = CertificateBundle.Read(file.Content).Certificates;
            own.AddRange(found);
            sources.Add(string.Create(CultureInfo.InvariantCulture, $"{file.Name}（{found.Count} 张）"));
        }

        if (platform.Count > 0)
        {
            sources.Add(string.Create(CultureInfo.InvariantCulture, $"{context.Roots.Name}（{platform.Count} 张）"));
        }

        return new TrustBasis
        {
            Own = own,
            Platform = platform,
            Supplied = [.. endpoint.Trust.Intermediates.SelectMany(f => CertificateBundle.Read(f.Content).Certificates)],
            RevocationLists = [.. endpoint.Trust.RevocationLists.SelectMany(f => CertificateBundle.Read(f.Content).RevocationLists)],
            Sources = sources,
        };
    }

    private static List<CertificateDetails> Certificates(IReadOnlyList<ReadOnlyMemory<byte>> ders) =>
        [.. ders.Select(d => CertificateDetails.TryRead(d, out _)).OfType<CertificateDetails>()];
}

/// <summary>What following a certificate to an anchor came to.</summary>
/// <param name="Path">The best one.</param>
/// <param name="IsDecidable">False where no anchor of the kind was given: then it is not known whether the path is trusted.</param>
/// <param name="Basis">What it was followed with.</param>
internal sealed record TrustFinding(CertificatePath Path, bool IsDecidable, TrustBasis Basis)
{
    /// <summary>Missing where not decidable, or where an algorithm is unknown to this tool.</summary>
    public Fact<bool?> Trusted => IsDecidable && Path.IsTrusted is { } trusted ? new Fact<bool?>(trusted) : default;

    public Fact<bool?> Anchored => IsDecidable && (Path.ReachesAnchor || !Path.SearchWasCut) ? new Fact<bool?>(Path.ReachesAnchor) : default;

    /// <summary>The issuer's name nobody has a certificate for; null where the path reaches an anchor or a self-signed certificate.</summary>
    public string? OpenIssuer => Path.Faults.Any(f => f.Kind == PathFaultKind.IssuerNotFound) ? Path.Certificates[^1].Issuer.Text : null;

    /// <summary>All of the path; that its end is no anchor is left out where no anchors were given.</summary>
    public IReadOnlyList<TrustFault> Faults =>
    [
        .. Path.Faults.Where(f => IsDecidable || f.Kind is not (PathFaultKind.RootNotAnchor or PathFaultKind.IssuerNotFound))
            .Select(f => new TrustFault { Kind = f.Kind, Position = f.Position, Note = f.Note }),
    ];

    public IReadOnlyList<TrustStep> Steps(IReadOnlyList<CertificateDetails> sent) =>
        [.. Path.Certificates.Select((c, i) => new TrustStep { Subject = c.Subject.Text, Sha256 = c.Sha256, Source = SourceOf(c, sent, isLast: i + 1 == Path.Certificates.Count) })];

    private StepSource SourceOf(CertificateDetails certificate, IReadOnlyList<CertificateDetails> sent, bool isLast)
    {
        bool Has(IReadOnlyList<CertificateDetails> some) => some.Any(c => c.Sha256 == certificate.Sha256);
        return isLast && Has(Basis.Own) ? StepSource.Candidate
            : isLast && Has(Basis.Platform) ? StepSource.Platform
            : Has(sent) ? StepSource.Sent
            : StepSource.Supplied;
    }
}
