using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Certificates and private keys of files.</summary>
internal static class FileCryptography
{
    public const string Kind = "crypto.certificate-files";

    /// <summary>Every certificate and key of the files is listed.</summary>
    public static bool IsWhole(Observation observation) => observation.Data.HasList("certificates") && observation.Data.HasList("privateKeys");

    /// <returns>What of the files is not in the list.</returns>
    public static IEnumerable<string> Read(Observation observation, CryptoSightings sightings, string target)
    {
        var data = observation.Data;
        foreach (var certificate in data.Items("certificates"))
        {
            CertificateSighting.Add(certificate, Place(observation, certificate.Text("file")), sightings);
        }

        foreach (var key in data.Items("privateKeys").Where(k => k.Flag("holdsPrivateKey") != false))
        {
            var place = Place(observation, key.Text("file"));
            var algorithm = key.Text("algorithm");
            sightings.Add(
                new KeyAsset
                {
                    Reference = $"key:{observation.TargetId}:{place.Location}:{key.Number("offset") ?? 0}",
                    Name = $"私钥 {place.Location}",
                    Standing = sightings.StandingOf(algorithm, null),
                    Format = key.Text("format"),
                    Algorithm = algorithm,
                    IsClear = key.Flag("clear"),
                    Occurrences = [],
                    Uses = 0,
                },
                [place]);
        }

        if (!IsWhole(observation))
        {
            yield return $"{target}：证书或密钥文件没有读全";
        }
    }

    private static CryptoOccurrence Place(Observation observation, string? file) => new(CryptoPlace.File, observation.TargetId, file ?? "", null, null);
}
