namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The last answer to a question that was asked as often as it took.</summary>
/// <param name="Exchange">Of the last time.</param>
/// <param name="DoorConfirmed">The same hello met a closed door twice while another was answered in between.</param>
internal sealed record SettledAnswer(HelloExchange Exchange, bool DoorConfirmed)
{
    public HelloReply Reply => Exchange.Reply;
}
