namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Made by libxcrypt, OpenSSL and Python's hashlib.</summary>
public sealed class StoredPasswordTests
{
    private static readonly string Long = new('a', 80);

    public static TheoryData<string, string> Known => new()
    {
        { "$2b$04$abcdefghijklmnopqrstuuPP2CKsWgZI5MXZCyPRmOcqerNf6WUOy", "Ceshi#2026-ok" },
        { "$2b$04$abcdefghijklmnopqrstuu/U0jTxGdwRLjuZd4Jxv4XMgSHRn7PKq", "口令测试" },
        { "$2b$04$abcdefghijklmnopqrstuuBzzIgyKkz7xMWYSzkIjUSnxEQFQ0WNe", Long },
        { "$2b$04$abcdefghijklmnopqrstuubyCG3zY1GIXMyxfivm.ClDiInHzxjiq", "" },
        { "$2y$05$N9qo8uLOickgx2ZMRZoMyeI6nKP4PcDWzE2lH8V.cj7gujsqvrzIG", "Ceshi#2026-ok" },
        { "$6$saltsalt$Vnf8cWjUI/x.JneOcyCtamBhSmB5zFL8iSlQPLmedaW2BtQdDUuJ7j6/ANoTUuC3I9fxRLWQ3g6QFpD0tln./.", "Ceshi#2026-ok" },
        { "$6$rounds=1234$abcdefghijklmnop$DcxWQoIHcEsYmLl74.nwEArxn6tWu//Ojk6wqsEYw7dIBTuKTwpT2AqWRyjMfjF3bP4Fc.Xx7KajzdXl9awJO/", "口令测试" },
        { "$6$rounds=1234$abcdefghijklmnop$q3hK82/RedKgVA.7LUS9c25NqwyRrsHhdY3bunaO5WgyoX09AvVo5wxty8FJYI5ifEwwyZVI9FpjGIhTpjL2G0", Long },
        { "$5$saltsalt$2MVdeai3ZiuhdDpDdF57NuAyXdXTYyagrCW6SFYzcq2", "Ceshi#2026-ok" },
        { "$5$rounds=1000$x$kIBhdUvT3pHpfTjzR8s1XJu3y/HRJeFxMSffBtF8jx9", "" },
        { "$5$saltsalt$peCIf/aMQFeNmV6rqOkX/YcYB7S/s75QcIDS9BqabiB", Long },
        { "$1$abcdefgh$5tKBhpErZC2K.wfYw4/Nh0", "Ceshi#2026-ok" },
        { "$1$abcdefgh$v90hrgvxZaGdTae1GDaN0.", Long },
        { "$apr1$abcdefgh$6SUTnHN.GC3zOtYKnkYn7.", "Ceshi#2026-ok" },
        { "$scrypt$ln=10,r=8,p=1$Zm9vYmFyMTI$YWNUO5CBkcIZ2q0GWf0eo4UAUaAtlRiJtqlvsQtjqP8", "Ceshi#2026-ok" },
    };

    [Theory]
    [MemberData(nameof(Known))]
    public void What_others_stored_is_recomputed(string stored, string password)
    {
        Assert.Equal(StoredPasswordCheck.Matches, StoredPassword.Check(stored, password));
        Assert.Equal(StoredPasswordCheck.Differs, StoredPassword.Check(stored, password.Length == 80 ? "a" : password + "x"));
    }

    [Theory]
    [InlineData("$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7")]
    [InlineData("$2b$31$abcdefghijklmnopqrstuuPP2CKsWgZI5MXZCyPRmOcqerNf6WUOy")]
    [InlineData("$argon2id$v=19$m=999999999,t=9,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b0dWRWJTmaaJObG")]
    [InlineData("$scrypt$ln=30,r=8,p=1$Zm9vYmFyMTI$YWNUO5CBkcIZ2q0GWf0eo4UAUaAtlRiJtqlvsQtjqP8")]
    [InlineData("$6$rounds=999999999$x$Vnf8cWjUI/x.JneOcyCtamBhSmB5zFL8iSlQPLmedaW2BtQdDUuJ7j6/ANoTUuC3I9fxRLWQ3g6QFpD0tln./.")]
    [InlineData("hunter2")]
    public void What_costs_too_much_or_is_not_known_is_not_computed(string stored) =>
        Assert.Equal(StoredPasswordCheck.NotComputed, StoredPassword.Check(stored, "Ceshi#2026-ok"));

    [Fact]
    public void Changed_values_are_answered()
    {
        var seeded = new SeededBytes(5);
        var all = Known.Select(k => (Stored: (string)k[0], Password: (string)k[1])).ToList();
        var told = 0;
        for (var i = 0; i < 300; i++)
        {
            // Behind the cost, which would make hours of it.
            var (stored, password) = all[i % all.Count];
            var changed = stored.ToCharArray();
            var (at, letter) = (1 + seeded.Below(20), (char)seeded.Below(300));
            changed[^at] = letter;
            var isSame = stored == new string(changed);
            told += isSame ? 0 : 1;
            Assert.Equal((i, isSame), (i, StoredPassword.Check(new string(changed), password) == StoredPasswordCheck.Matches));
            Assert.Equal(StoredPasswordCheck.NotComputed, StoredPassword.Check(new string(changed)[..seeded.Below(12)], password));
        }

        Assert.InRange(told, 280, 300);
    }
}
