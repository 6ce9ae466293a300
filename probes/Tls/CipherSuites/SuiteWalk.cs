namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Finds every suite of one version by offering all of them and taking away what the server selects, until it refuses what is left.
/// One long list shows the server's order by itself; a port that drops long lists is asked in pieces, whose orders are then merged.
/// </summary>
internal sealed class SuiteWalk
{
    /// <summary>Longest list every server is known to read.</summary>
    public const int Narrow = 64;

    private static readonly ushort[] UsualSuites = [0x1301, 0x1302, 0x1303];

    /// <summary>Above what some middleboxes take for one packet.</summary>
    private const int LargeLength = 1600;

    private readonly PortDialogue _dialogue;
    private readonly ProtocolVersion _version;
    private readonly ClientHello _pattern;
    private readonly List<RemovalStep> _steps = [];
    private readonly List<ushort> _tail;
    private readonly TaskCompletionSource _firstAnswer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HelloReply? _last;
    private bool _hasRidden;
    private string? _trouble;
    private int _depth;

    /// <param name="dialogue">With the port.</param>
    /// <param name="inquiry">Of a proven version; its last hello and answer are the first step.</param>
    public SuiteWalk(PortDialogue dialogue, VersionInquiry inquiry)
    {
        _dialogue = dialogue;
        _version = inquiry.Version;
        _pattern = inquiry.Asked.Hello with { PadTo = null };
        _tail = inquiry.Asked.Hello.Suites.Contains(CipherSuites.RenegotiationInfoScsv) ? [CipherSuites.RenegotiationInfoScsv] : [];
        if (inquiry.Last is Selected { Flight.Hello.Suite: var first })
        {
            _steps.Add(new RemovalStep(inquiry.Asked.Hello.Suites, first));
        }
    }

    /// <summary>SSL 3.0 has no extensions, and TLCP stacks end on unknown ones.</summary>
    private bool IsExtensible => _version.Wire >= ProtocolVersion.Tls10.Wire;

    private IEnumerable<ushort> Found => _steps.Select(s => s.Selected);

    /// <summary>Ends with the first answer to the longest list, which tells whether other walks may send such lists.</summary>
    public Task FirstAnswer => _firstAnswer.Task;

    public async Task<SuiteEnumeration> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await WalkAsync(cancellationToken);
        }
        finally
        {
            _firstAnswer.TrySetResult();
        }
    }

    private async Task<SuiteEnumeration> WalkAsync(CancellationToken cancellationToken)
    {
        var order = new RemovalOrder(
            async suites => _dialogue.IsTired ? null : Taken(await _dialogue.AskAsync(Question(suites, "order"), cancellationToken)),
            suite => -(int)SuiteTraits.Of(suite).Class) { First = _steps.FirstOrDefault() };
        var pieces = Pieces(_dialogue.MaxSuites);
        var ending = await DrainAsync(pieces[0], cancellationToken);
        if (ending == DrainEnding.Dropped)
        {
            pieces = Pieces(Narrow);
            ending = await DrainAsync(pieces[0], cancellationToken);
            NoteShortReader(ending);
        }

        _firstAnswer.TrySetResult();
        order.Take(_steps.Skip(order.First is null ? 0 : 1));
        foreach (var piece in pieces.Skip(1).TakeWhile(_ => ending == DrainEnding.Refused))
        {
            var before = _steps.Count;
            ending = await DrainAsync(piece, cancellationToken);
            order.Take(_steps.Skip(before));
        }

        ending = await DrainBesideDheAsync(order, ending, cancellationToken);
        await RideAloneAsync(cancellationToken);
        var (suites, preference) = await order.ArrangeAsync(_steps);
        return new SuiteEnumeration
        {
            Version = _version,
            Suites = suites,
            IsWhole = ending == DrainEnding.Refused,
            ServerPrefers = preference,
            Trouble = ending == DrainEnding.Refused ? null : _trouble,
        };
    }

    /// <summary>
    /// Some servers choose a DHE suite, find that they have no usable parameters, and give up, so that a refusal hides what they would have
    /// taken instead. Where no DHE suite was selected the others are offered once more without any.
    /// </summary>
    private async Task<DrainEnding> DrainBesideDheAsync(RemovalOrder order, DrainEnding ending, CancellationToken cancellationToken)
    {
        var isErring = ending == DrainEnding.Unclear && _last is Alerted { Alert.Description: TlsAlert.InternalError };
        if ((ending != DrainEnding.Refused && !isErring) || _version == ProtocolVersion.Tls13 || _version == ProtocolVersion.Tlcp11 || Found.Any(IsDhe))
        {
            return ending;
        }

        foreach (var piece in Pieces(_dialogue.MaxSuites).Select(p => p.Where(s => !IsDhe(s)).ToList()).Where(p => p.Except(Found).Any()))
        {
            var before = _steps.Count;
            var beside = await DrainAsync(piece, cancellationToken);
            order.Take(_steps.Skip(before));
            if (beside != DrainEnding.Refused)
            {
                return beside;
            }
        }

        // An error is no refusal, so that the DHE suites stay open.
        return ending;
    }

    private static bool IsDhe(ushort suite) =>
        CipherSuites.NameOf(suite) is var name && (name.Contains("_DHE_", StringComparison.Ordinal) || name.Contains("_DH_anon", StringComparison.OrdinalIgnoreCase));

    private ushort? Taken(SettledAnswer answer) =>
        answer.Reply is Selected { Flight.Hello: { } hello } && hello.Version == _version.Wire ? hello.Suite : null;

    private List<IReadOnlyList<ushort>> Pieces(int longest)
    {
        IReadOnlyList<IReadOnlyList<ushort>> lists = _version == ProtocolVersion.Tlcp11
            ? [SuiteCatalogue.Tlcp, SuiteCatalogue.TlcpForeign]
            : [_version == ProtocolVersion.Tls13 ? SuiteCatalogue.Tls13 : SuiteCatalogue.Classic];

        // The common ones stand at the end and are asked for first where the list has to be cut.
        return [.. lists.SelectMany(l => l.Count <= longest ? [l] : l.Reverse().Chunk(Math.Min(longest, Narrow - 1)).Select(c => (IReadOnlyList<ushort>)[.. c.Reverse()]))];
    }

    private async Task<DrainEnding> DrainAsync(IReadOnlyList<ushort> piece, CancellationToken cancellationToken)
    {
        var left = piece.Except(Found).ToList();
        while (left.Count > 0)
        {
            if (_dialogue.IsTired)
            {
                _trouble = "端口让人等得太久，或接受的套件多得不可信，没有问完";
                return DrainEnding.Unclear;
            }

            var answer = await AskAsync(left, cancellationToken);
            _last = answer.Reply;
            if (Taken(answer) is not { } suite)
            {
                return await EndAsync(answer, left, cancellationToken);
            }

            var at = left.IndexOf(suite);
            if (at < 0)
            {
                _trouble = $"服务器选定了没有提供给它的套件 {CipherSuites.NameOf(suite)}";
                return DrainEnding.Unclear;
            }

            _firstAnswer.TrySetResult();
            _depth = Math.Max(_depth, at + 1);
            _steps.Add(new RemovalStep([.. left], suite));
            left.RemoveAt(at);
        }

        return DrainEnding.Refused;
    }

    private async Task<DrainEnding> EndAsync(SettledAnswer answer, List<ushort> left, CancellationToken cancellationToken)
    {
        var isLong = left.Count > Narrow;
        switch (answer.Reply)
        {
            case Selected:
            case Alerted { Alert.Description: TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity or TlsAlert.ProtocolVersion }:
                return !isLong || left.Count <= _depth + SuiteCatalogue.Unread || await IsReadToTheEndAsync(left, cancellationToken)
                    ? DrainEnding.Refused
                    : DrainEnding.Dropped;
            case Closed when answer.DoorConfirmed && (!isLong || _depth > Narrow):
                _dialogue.Note(BehaviourKind.ClosesInsteadOfAlert);
                return DrainEnding.Refused;
            default:
                _trouble = $"最后一次询问没有得到明确的拒绝（{answer.Reply.Describe()}）";
                return isLong && _depth == 0 ? DrainEnding.Dropped : DrainEnding.Unclear;
        }
    }

    /// <summary>A list cut off by its reader is refused as well: with a suite known to be accepted behind it, it must not be.</summary>
    private async Task<bool> IsReadToTheEndAsync(List<ushort> left, CancellationToken cancellationToken)
    {
        if (_steps.Count == 0)
        {
            return false;
        }

        var known = _steps[0].Selected;
        return Taken(await _dialogue.AskAsync(Question([.. left, known], "end of list"), cancellationToken)) == known;
    }

    private async Task<SettledAnswer> AskAsync(List<ushort> left, CancellationToken cancellationToken)
    {
        var question = Question(left, $"suite {_steps.Count + 1}");
        if (JointQuestion(left, question) is { } joint)
        {
            var both = await AskAsync(joint, cancellationToken);
            if (both.Reply is Selected)
            {
                return both;
            }
        }

        return await AskAsync(question, cancellationToken);
    }

    private async Task<SettledAnswer> AskAsync(LabelledHello question, CancellationToken cancellationToken)
    {
        if (_steps.Count != 1 || !_dialogue.MayCarryRiders || !IsExtensible)
        {
            var asksForStatus = _hasRidden && _version != ProtocolVersion.Tls13;
            return await _dialogue.AskAsync(asksForStatus ? question with { Hello = HelloRiders.MountStatusRequest(question.Hello) } : question, cancellationToken);
        }

        var rider = question with
        {
            Label = $"{question.Label} with riders",
            Hello = _version == ProtocolVersion.Tls13 ? question.Hello with { PadTo = LargeLength } : HelloRiders.Mount(question.Hello),
        };
        var ridden = await _dialogue.SendAsync(rider, cancellationToken);
        if (ridden.Reply is Selected)
        {
            _hasRidden = true;
            return new SettledAnswer(ridden, DoorConfirmed: false);
        }

        var plain = await _dialogue.AskAsync(question, cancellationToken);
        if (plain.Reply is Selected)
        {
            await BlameRidersAsync(rider, ridden.Reply, cancellationToken);
        }

        return plain;
    }

    /// <summary>A version with one suite has no second hello for the riders.</summary>
    private async Task RideAloneAsync(CancellationToken cancellationToken)
    {
        if (_steps.Count == 1 && !_hasRidden && IsExtensible && _version != ProtocolVersion.Tls13 && _dialogue is { MayCarryRiders: true, IsTired: false })
        {
            var question = Question([_steps[0].Selected], "riders");
            await _dialogue.SendAsync(question with { Hello = HelloRiders.Mount(question.Hello) }, cancellationToken);
        }
    }

    private async Task BlameRidersAsync(LabelledHello rider, HelloReply met, CancellationToken cancellationToken)
    {
        // A limiter may have shut the door on a hello that was good.
        var again = PortDialogue.IsDoor(met) ? (await _dialogue.SendAsync(rider, cancellationToken)).Reply : met;
        if (again is Selected or Unreached)
        {
            return;
        }

        _dialogue.MayCarryRiders = false;
        _dialogue.Note(_version == ProtocolVersion.Tls13 ? BehaviourKind.ClosesOnLargeHellos : BehaviourKind.ClosesOnUnknownExtensions);
    }

    private LabelledHello Question(IReadOnlyList<ushort> suites, string what) =>
        new($"{_version.Name} {what}", _pattern with { Suites = [.. suites, .. _tail] });

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

        var groups = Tls13GroupWalk.Unseen(_dialogue);
        return groups.Any(g => Array.IndexOf(Tls13GroupWalk.Usual, g) >= 0) ? question with { Hello = question.Hello with { Groups = groups } } : null;
    }

    private void NoteShortReader(DrainEnding ending)
    {
        // Where the short list is refused by closing too, its length says nothing.
        if (ending == DrainEnding.Refused && (_depth > 0 || _last is Alerted))
        {
            _dialogue.MaxSuites = Narrow;
            _dialogue.Note(BehaviourKind.ClosesAbove64Suites);
        }
    }

    private enum DrainEnding
    {
        /// <summary>What was left was refused cleanly.</summary>
        Refused,

        /// <summary>A long list was not read, or not to its end.</summary>
        Dropped,
        Unclear,
    }
}
