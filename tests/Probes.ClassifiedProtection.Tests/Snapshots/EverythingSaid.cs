using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>All that leaves the probes of one host: observations, troubles and evidence.</summary>
internal static class EverythingSaid
{
    public static async Task<string> OfAsync(Host host)
    {
        var evidence = new KeptEvidence();
        var context = ProbeContexts.For(evidence, host);
        var said = new StringBuilder();
        foreach (var probe in ProbeCatalogue.Of(typeof(Collector).Assembly).Probes)
        {
            switch (await probe.ObserveAsync(host, context, CancellationToken.None))
            {
                case Observed seen:
                    seen.Observations.ToList().ForEach(o => said.AppendLine(o.Data.GetRawText()));
                    break;
                case Unable unable:
                    said.AppendLine($"{unable.Message} {unable.Detail}");
                    break;
            }
        }

        Assert.True(evidence.Files.Count > 4, $"{evidence.Files.Count}");
        evidence.Files.ToList().ForEach(f => said.AppendLine(Encoding.UTF8.GetString(f.Value)));
        return said.ToString();
    }
}
