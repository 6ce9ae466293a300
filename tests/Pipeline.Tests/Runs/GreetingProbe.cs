using System.Text;
using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <param name="Status">First number of the answer.</param>
/// <param name="Answer">All of it, as a careless probe would keep it.</param>
public sealed record Greeting(Fact<int> Status, Fact<string?> Answer);

/// <summary>Sends the Authorization value and keeps all that comes back: in the record, as evidence, in the log and in what it says of failures.</summary>
public sealed class GreetingProbe : Probe<Endpoint, Greeting>
{
    /// <summary>Set where the probe tries something that nobody allowed.</summary>
    public Endpoint? Elsewhere { get; init; }

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "test.greeting",
        Pillar = Pillar.Tls,
        Title = "问候",
        Question = "对方怎样应答？",
        Needs = typeof(Endpoint),
        Observes = typeof(Greeting),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromSeconds(20),
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken)
    {
        await using var connection = await context.Dialer.DialAsync(Elsewhere ?? target, cancellationToken);
        await connection.Stream.WriteAsync(Encoding.UTF8.GetBytes($"GET {target.Path} HTTP/1.1\r\nAuthorization: {target.Authorization?.Reveal()}\r\n\r\n"), cancellationToken);
        using var reader = new StreamReader(connection.Stream);
        var answer = await reader.ReadToEndAsync(cancellationToken);
        context.Log.LogWarning("{Answer}", answer);
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "answer.txt", "text/plain", Encoding.UTF8.GetBytes(answer), "应答"));
        var binary = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "answer.bin", "application/octet-stream", Encoding.UTF8.GetBytes(answer), "应答"));
        if (answer.Contains("500 ", StringComparison.Ordinal))
        {
            throw new UnableException(FailureKind.BadInput, $"对方说 {answer}");
        }

        return answer.Contains("501 ", StringComparison.Ordinal)
            ? throw new InvalidOperationException(answer)
            : Saw(target, context, new Greeting(int.Parse(answer.Split(' ')[1], null), answer), evidence, binary);
    }
}
