using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Protocols, suites and certificates that ports showed.</summary>
internal static class ChannelCryptography
{
    public const string Suites = "tls.cipher-suites";
    public const string Certificates = "tls.server-certificates";

    /// <summary>What the port has was told to its end; null stands for none.</summary>
    public static bool IsWhole(Observation observation) => observation.Kind == Suites
        ? observation.Data.Flag("isWhole") == true && observation.Data.HasList("versions")
        : observation.Data.Has("certificates") && observation.Data.Has("tlcpCertificates");

    /// <returns>What of the port is not in the list.</returns>
    public static IEnumerable<string> ReadSuites(Observation observation, CryptoSightings sightings, Candidate candidate, string target)
    {
        foreach (var version in observation.Data.Items("versions"))
        {
            AddVersion(version, Place(observation, candidate), sightings);
        }

        if (!IsWhole(observation))
        {
            yield return $"{target}：协议或套件没有枚举完";
        }
    }

    /// <returns>What of the port is not in the list.</returns>
    public static IEnumerable<string> ReadCertificates(Observation observation, CryptoSightings sightings, Candidate candidate, string target)
    {
        var place = Place(observation, candidate);
        foreach (var certificate in observation.Data.Items("certificates").Concat(observation.Data.Items("tlcpCertificates")))
        {
            CertificateSighting.Add(certificate, place, sightings);
        }

        if (!IsWhole(observation))
        {
            yield return $"{target}：出示的证书没有看全";
        }
    }

    private static void AddVersion(JsonElement version, CryptoOccurrence place, CryptoSightings sightings)
    {
        if (version.Text("version") is not { } name)
        {
            return;
        }

        var suites = version.HasList("suites") ? version.Items("suites") : version.Items("confirmed");
        var assets = new List<SuiteAsset>();
        foreach (var suite in suites)
        {
            var title = suite.Text("name") ?? "";
            var parts = suite.Flag("recognised") == false ? [] : SuiteParts.Of(title);
            assets.Add(new SuiteAsset(title, suite.Text("number") ?? "", [.. parts.Select(p => sightings.Algorithm(p, [place with { Context = name }])).Distinct(StringComparer.Ordinal)]));
        }

        sightings.Protocol(name, assets, place);
    }

    private static CryptoOccurrence Place(Observation observation, Candidate candidate) =>
        new(CryptoPlace.Channel, observation.TargetId, candidate.Targets().OfType<Endpoint>().FirstOrDefault(e => e.TargetId == observation.TargetId)?.Authority ?? observation.TargetId, null, null);
}
