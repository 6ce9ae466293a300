namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What happened while a method was gone over, beyond itself.</summary>
internal enum FlowAct : byte
{
    /// <summary>Nothing more.</summary>
    End,

    /// <summary>A method was begun that rests on the one around it.</summary>
    Begin,

    /// <summary>… and left.</summary>
    Leave,

    /// <summary>Some of those have to be made once more.</summary>
    Outdate,

    /// <summary>One of those was asked.</summary>
    Inner,

    /// <summary>The summary of a method that rests on nothing unfinished.</summary>
    Ask,

    Tell,

    /// <summary>A cut that counts where there is none yet.</summary>
    CutFirst,

    CutLast,
    Believe,

    /// <summary>What a field was found to hold.</summary>
    ReadMarks,

    ReadCode,
    ReadWriter,
    Share,
    KeepCode,
    KeepWriter,

    /// <summary>A field that is worked out, and was before.</summary>
    Fixed,

    FixedBegin,
    FixedEnd,

    /// <summary>The body of another method was looked into.</summary>
    Peek,

    /// <summary>All bodies of a file were.</summary>
    PeekFile,
}
