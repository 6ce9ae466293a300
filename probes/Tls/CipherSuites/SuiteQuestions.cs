namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// The hellos of a walk over the suites of one version, and what rides on them so that it costs no connection: extensions whose answers
/// others read, one large hello, a second choice of TLS 1.3.
/// </summary>
/// <param name="dialogue">With the port.</param>
/// <param name="inquiry">Of a proven version; its last hello is the pattern.</param>
internal sealed class SuiteQuestions(PortDialogue dialogue, VersionInquiry inquiry)
{
    private static readonly ushort[] UsualSuites = [0x1301, 0x1302, 0x1303];

    /// <summary>Above what some middleboxes take for one packet.</summary>
    private const int LargeLength = 1600;

    private readonly ProtocolVersion _version = inquiry.Version;
    private readonly ClientHello _pattern = inquiry.Asked.Hello with { PadTo = null };
    private readonly IReadOnlyList<ushort> _tail = inquiry.Asked.Hello.Suites.Contains(CipherSuites.RenegotiationInfoScsv) ? [CipherSuites.RenegotiationInfoScsv] : [];
    private readonly TurnedGroups _groups = new(inquiry);
    private bool _hasTried;
    private bool _hasRidden;
    private bool _hasShown;

    /// <summary>SSL 3.0 has no extensions, and TLCP stacks end on unknown ones.</summary>
    private bool IsExtensible => _version.Wire >= ProtocolVersion.Tls10.Wire;

    /// <summary>The suite an answer selects in this version; null where it selects none.</summary>
    public ushort? Taken(SettledAnswer answer) =>
        answer.Reply is Selected { Flight.Hello: { } hello } && hello.Version == _version.Wire ? hello.Suite : null;

    /// <summary>What is taken of these suites in this order, without riders; null where none is.</summary>
    public async Task<ushort?> PickAsync(IReadOnlyList<ushort> suites, string what, CancellationToken cancellationToken)
    {
        var question = Question(suites, what);
        if (_version == ProtocolVersion.Tls13)
        {
            // Suites that are all accepted: a refusal means the groups, and is what the walk over them has to end with anyway.
            var beside = await dialogue.AskAsync(question with { Hello = question.Hello with { Groups = Tls13GroupWalk.Unseen(dialogue) } }, cancellationToken);
            if (Taken(beside) is { } suite)
            {
                _groups.Learn(beside.Reply);
                return suite;
            }
        }

        var answer = await dialogue.AskAsync(question, cancellationToken);
        _groups.Learn(answer.Reply);
        return Taken(answer);
    }

    /// <summary>Offers what is left behind the suites found so far.</summary>
    public async Task<SettledAnswer> AskAsync(List<ushort> left, int found, CancellationToken cancellationToken)
    {
        var question = Question(ShowsWhoDecides(found) is { } first ? [.. left, first] : left, $"suite {found + 1}");
        if (JointQuestion(left, question) is { } joint)
        {
            var both = await AskAsync(joint, found, cancellationToken);
            if (both.Reply is Selected)
            {
                _groups.Learn(both.Reply);
                return both;
            }
        }

        var answer = await AskAsync(question, found, cancellationToken);
        _groups.Learn(answer.Reply);
        return answer;
    }

    /// <summary>Of TLS 1.3, once: the first suite is offered again behind the others, and whether it is taken again shows whose order counts.</summary>
    private ushort? ShowsWhoDecides(int found)
    {
        if (found != 1 || _hasShown || _version != ProtocolVersion.Tls13 || inquiry.Last is not Selected { Flight.Hello.Suite: var first })
        {
            return null;
        }

        _hasShown = true;
        return first;
    }

    /// <summary>A version with one suite has no second hello for the riders.</summary>
    public async Task RideAloneAsync(IReadOnlyList<RemovalStep> steps, CancellationToken cancellationToken)
    {
        if (steps.Count == 1 && !_hasRidden && IsExtensible && _version != ProtocolVersion.Tls13 && dialogue is { MayCarryRiders: true, IsTired: false })
        {
            var question = Question([steps[0].Selected], "riders");
            await dialogue.SendAsync(question with { Hello = HelloRiders.Mount(question.Hello) }, cancellationToken);
        }
    }

    private async Task<SettledAnswer> AskAsync(LabelledHello question, int found, CancellationToken cancellationToken)
    {
        if (found != 1 || _hasTried || !dialogue.MayCarryRiders || !IsExtensible)
        {
            var asksForStatus = _hasRidden && _version != ProtocolVersion.Tls13;
            return await dialogue.AskAsync(asksForStatus ? question with { Hello = HelloRiders.MountStatusRequest(question.Hello) } : question, cancellationToken);
        }

        _hasTried = true;
        var rider = question with
        {
            Label = $"{question.Label} with riders",
            Hello = _version == ProtocolVersion.Tls13 ? question.Hello with { PadTo = LargeLength } : HelloRiders.Mount(Unturned(question.Hello)),
        };
        var ridden = await dialogue.SendAsync(rider, cancellationToken);
        if (ridden.Reply is Selected)
        {
            _hasRidden = true;
            return new SettledAnswer(ridden, DoorConfirmed: false);
        }

        var plain = await dialogue.AskAsync(question, cancellationToken);
        if (plain.Reply is Selected)
        {
            await BlameRidersAsync(rider, ridden.Reply, cancellationToken);
        }

        return plain;
    }

    /// <summary>Names the group of the first hello again, so that there are two keys of one group to compare.</summary>
    private ClientHello Unturned(ClientHello hello) => hello with { Groups = _pattern.Groups };

    private async Task BlameRidersAsync(LabelledHello rider, HelloReply met, CancellationToken cancellationToken)
    {
        // A limiter may have shut the door on a hello that was good.
        var again = PortDialogue.IsDoor(met) ? (await dialogue.SendAsync(rider, cancellationToken)).Reply : met;
        if (again is Selected or Unreached)
        {
            return;
        }

        dialogue.MayCarryRiders = false;
        dialogue.Note(_version == ProtocolVersion.Tls13 ? BehaviourKind.ClosesOnLargeHellos : BehaviourKind.ClosesOnUnknownExtensions);
    }

    private LabelledHello Question(IReadOnlyList<ushort> suites, string what) =>
        new($"{_version.Name} {what}", _pattern with { Suites = [.. suites, .. _tail], Groups = _groups.Turn(_pattern.Groups) });

    /// <summary>
    /// Of TLS 1.3, whose suites and groups have nothing to do with each other: without the groups the port has shown, so that the answer
    /// names another one as well. Only while a suite and a group that most servers have are both missing, because a refusal would leave
    /// open which of the two it means. Null where that is not so.
    /// </summary>
    private LabelledHello? JointQuestion(List<ushort> left, LabelledHello question)
    {
        if (_version != ProtocolVersion.Tls13 || !left.Exists(s => Array.IndexOf(UsualSuites, s) >= 0))
        {
            return null;
        }

        var groups = Tls13GroupWalk.Unseen(dialogue);
        return groups.Any(g => Array.IndexOf(Tls13GroupWalk.Usual, g) >= 0) ? question with { Hello = question.Hello with { Groups = groups } } : null;
    }
}
