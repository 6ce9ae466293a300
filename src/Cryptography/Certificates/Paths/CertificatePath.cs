namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The best path from a certificate towards an anchor. Built by a walk of our own: platform chains do not know SM2.</summary>
/// <param name="Certificates">The leaf first.</param>
/// <param name="ReachesAnchor">The last one is an anchor.</param>
/// <param name="Faults">Empty where nothing stands in the way.</param>
/// <param name="SearchWasCut">There were more ways than the search may try.</param>
public sealed record CertificatePath(
    IReadOnlyList<CertificateDetails> Certificates, bool ReachesAnchor, IReadOnlyList<PathFault> Faults, bool SearchWasCut)
{
    /// <summary>True: a path without a fault. False: every path has one. Null: not decided (unknown algorithm, search cut).</summary>
    public bool? IsTrusted
    {
        get
        {
            var isFlawless = ReachesAnchor && Faults.Count == 0;
            var isOpen = SearchWasCut || (ReachesAnchor && Faults.All(f => !f.IsDecided));
            return isOpen && !isFlawless ? null : isFlawless;
        }
    }

    /// <summary>Looks for a path without faults; where there is none, for the one that comes nearest.</summary>
    public static CertificatePath Find(PathQuestion question) => new PathSearch(question).Run();
}
