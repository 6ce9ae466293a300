using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a port of HTTP in clear answers to several paths.</summary>
public sealed record ClearHttpAnswers
{
    /// <summary>Every path asked was answered with a redirection to https of the same host; missing where one was not answered, or leads to a port that is no endpoint of the candidate.</summary>
    [Description("每个路径都跳转到同一主机的 HTTPS")]
    public Fact<bool> SendsEverybodyOn { get; init; }

    /// <summary>In the order asked; missing where one was not answered.</summary>
    [Description("各路径的应答")]
    public Fact<IReadOnlyList<ClearHttpAnswer>> Answers { get; init; }
}

/// <summary>One path.</summary>
/// <param name="Path">As asked for.</param>
/// <param name="StatusCode">100–599.</param>
/// <param name="RedirectsTo">Scheme, host and path; null where it is no redirection.</param>
/// <param name="SendsOn">To https of the same host.</param>
/// <param name="Note">For people.</param>
public sealed record ClearHttpAnswer(string Path, int StatusCode, string? RedirectsTo, bool SendsOn, string Note);
