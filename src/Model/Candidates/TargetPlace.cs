namespace SmartCity.SecurityCheck.Model;

/// <summary>Where a target is: a name stays while what it names may be moved.</summary>
public static class TargetPlace
{
    /// <summary>Address, path or id, as findings show it.</summary>
    public static string Place(this Target target) => target switch
    {
        Endpoint endpoint => endpoint.Authority,
        Host host => host.Place,
        SourceTree tree => tree.Path,
        ArchivePackage package => package.Path,
        CryptoSample sample => sample.Path,
        Document document => document.Path,
        WebFlow flow => flow.Start.ToString(),
        ExposedHost exposed => exposed.Address,
        ImportedReport report => report.Path,
        _ => target.TargetId,
    };
}
