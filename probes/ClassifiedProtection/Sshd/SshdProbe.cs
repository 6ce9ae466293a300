using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>sshd_config with everything it includes, and what sshd is started with.</summary>
public sealed class SshdProbe : HostProbe<SshdSettings>
{
    private const string Main = "/etc/ssh/sshd_config";
    private const string Policy = "/etc/crypto-policies/back-ends/opensshserver.config";

    public override ProbeManifest Manifest { get; } = About("sshd", "SSH 服务配置", "sshd 的各项配置实际取什么值，写在哪里？");

    internal override Seen<SshdSettings> Read(HostSnapshot snapshot)
    {
        if (snapshot.Find(Main).State == FileState.Missing)
        {
            return snapshot.Find("/usr/sbin/sshd").Exists
                ? throw new UnableException(FailureKind.BadInput, $"有 sshd 程序而没有 {Main}")
                : Seen<SshdSettings>.Nothing("主机上没有安装 sshd");
        }

        var start = SshdStart.Of(snapshot);
        var version = SshdVersion.Of(snapshot.Command("sshd-version")?.Text) ?? SshdVersion.Of(snapshot.Command("ssh-version")?.Text);
        IReadOnlyList<SshdDirective> directives = [.. start.Directives, .. SshdTree.Read(snapshot, start.Main, version)];
        var reading = new SshdReading(directives, version)
        {
            KnowsStart = SshdStart.IsKnown(snapshot),
            KnowsAlgorithms = !snapshot.Find(Policy).Exists || directives.Any(d => d.Line.Path == Policy),
        };
        return new(reading.Settings(), reading.Excerpt());
    }
}
