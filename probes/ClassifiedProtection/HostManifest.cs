using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>The manifest of a probe of hosts or of what was handed in with one: all alike but for their words.</summary>
internal static class HostManifest
{
    /// <typeparam name="TRecord">What the probe says.</typeparam>
    /// <param name="name">Behind <c>classified-protection.</c></param>
    /// <param name="title">For people.</param>
    /// <param name="question">A sentence.</param>
    public static ProbeManifest Of<TRecord>(string name, string title, string question) => new()
    {
        Id = $"classified-protection.{name}",
        Pillar = Pillar.ClassifiedProtection,
        Title = title,
        Question = question,
        Needs = typeof(Host),
        Observes = typeof(TRecord),
        Touches = Touches.Host | Touches.Files,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(240),
        Connections = 1,
        Tools = ["ssh"],
        Version = "1",
    };
}
