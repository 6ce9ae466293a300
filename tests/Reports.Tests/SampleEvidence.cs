using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Evidence of the sample packs; digests look right and are those of the file's name.</summary>
internal static class SampleEvidence
{
    public static List<Evidence> Rich() =>
    [
        Of("ev-0000000000000001", "evidence/tls/portal/handshakes.json", "门户端点逐版本握手记录", "application/json", 18_432),
        Of("ev-0000000000000002", "evidence/tls/portal/证书 链.pem", "门户端点出示的证书链", "application/x-pem-file", 5_120),
        Of("ev-0000000000000003", "evidence/tls/exchange/handshakes.json", "交换接口逐版本握手记录", "application/json", 9_344),
        Of("ev-0000000000000004", "evidence/code/backend/secrets.json", "写死口令的位置（值已遮盖）", "application/json", 2_048) with { Redactions = 3 },
        Of("ev-0000000000000005", "evidence/archives/sample-aip/listing.txt", "归档样包清单", "text/plain", 812),
    ];

    public static Evidence Of(string id, string path, string description, string mediaType = "application/json", long bytes = 1_024) => new()
    {
        Id = id,
        MediaType = mediaType,
        RelativePath = path,
        Bytes = bytes,
        Sha256 = Digest(path),
        Sm3 = Digest("sm3:" + path),
        Description = description,
    };

    public static string Digest(string of) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)));
}
