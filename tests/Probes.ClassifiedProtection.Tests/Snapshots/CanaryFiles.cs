using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>A host on which everybody wrote secrets everywhere: each §§ becomes a word of its own that must be found nowhere again.</summary>
internal static class CanaryFiles
{
    public const string Word = "kAnArie";

    public static IReadOnlyDictionary<string, string> All { get; } = Numbered(new(StringComparer.Ordinal)
    {
        ["/etc/os-release"] = "ID=debian\nVERSION_ID=\"12\"\nTOKEN=§§\n",
        ["/etc/passwd"] = "root:§§:0:0:§§:/root:/bin/bash\n#§§\n§§\n",
        ["/etc/shadow"] = "root:$6$§§$§§:19000:0:90:7:::\nold:§§:1::::::\nops:!!$y$j9T$§§:1::::::\n§§\n",
        ["/etc/gshadow"] = "wheel:§§::\n",
        ["/etc/group"] = "wheel:§§:10:root\n",
        ["/etc/login.defs"] = "PASS_MAX_DAYS 90 # §§\nENV_SUPATH §§\nSECRET §§\n",
        ["/etc/pam.d/sshd"] = "auth required pam_exec.so expose_authtok /usr/bin/x §§ --key=§§\nauth required pam_ldap.so bindpw=§§ [a b=§§]\nauth sufficient pam_radius_auth.so \\\n  secret=§§ §§\nauth required pam_unix.so nullok #§§\n# §§\n",
        ["/etc/pam.d/common-password"] = "password requisite pam_pwquality.so minlen=12\npassword required pam_foo.so a=§§ §§ token=§§\n",
        ["/etc/security/pam_env.conf"] = "API_TOKEN DEFAULT=§§ OVERRIDE=§§\n",
        ["/etc/security/pwquality.conf"] = "minlen = 12 # §§\nbadwords = §§\n",
        ["/etc/ssh/sshd_config"] = "PermitRootLogin no\nSetEnv A=§§\nForceCommand /bin/x §§\nAuthorizedKeysCommand /bin/x §§\nVersionAddendum §§\nSubsystem sftp /x §§\nPort 22 # §§\nInclude /etc/ssh/sshd_config.d/*.conf /srv/odd/hidden\nUnheardOf §§\n",
        ["/etc/ssh/sshd_config.d/a.conf"] = "Banner /etc/issue\nPasswordAuthentication no # §§\nOther §§\n",
        ["/srv/odd/hidden"] = "MaxAuthTries 3\nSetEnv TOKEN=§§\n",
        ["/etc/hosts.allow"] = "sshd: 10.0.0.0/8 : spawn (/bin/mail -s §§ root)\nALL: [::1] : twist /bin/echo §§ : allow\n",
        ["/etc/sudoers"] = "Defaults env_reset, passprompt=\"§§\", badpass_message=§§\nDefaults:ops insults, mailsub=\"a, §§\"\nops ALL=(ALL) NOPASSWD: /usr/bin/mysqldump -uroot -p§§ x, /bin/ls, /bin/y --key=§§ : ALL = /bin/z §§\nCmnd_Alias X = /bin/a §§, /bin/b \\\n  §§, /bin/c\\=§§ §§\n# §§\n@includedir /etc/sudoers.d\n",
        ["/etc/sudoers.d/x"] = "%wheel ALL=(ALL) /bin/curl -u a\\:§§ https\\://x, sudoedit §§ # §§\n",
        ["/etc/sysctl.d/a.conf"] = "net.ipv4.ip_forward=0\nkernel.core_pattern=|/bin/x §§\nkernel.modprobe=§§ # §§\n",
        ["/boot/grub2/grub.cfg"] = "set superusers=\"root\"\npassword_pbkdf2 root grub.pbkdf2.sha512.10000.§§\n\tlinux /vmlinuz token=§§ 'audit=1' x='audit=0§§' y='audit=0'\n",
        ["/etc/kernel/cmdline"] = "root=UUID=§§ ro \"audit=0\" token=§§ kernelopts=audit=1 x.audit=§§ audit=0§§\n  # §§\n\noptions §§\taudit=off\n",
        ["/etc/audit/auditd.conf"] = "space_left_action = email\naction_mail_acct = §§\nkrb5_key_file = §§\n",
        ["/etc/audit/audit.rules"] = "-D\n-w /etc/passwd -p wa -k §§\n-a always,exit -F arch=b64 -S execve -F key=§§\n# §§\n",
        ["/etc/audit/rules.d/a.rules"] = "-w /etc/shadow -p wa -k §§\n§§\n",
        ["/etc/audit/plugins.d/x.conf"] = "active = yes\nargs = §§\n",
        ["/etc/audit/audisp-remote.conf"] = "remote_server = 10.0.0.1\nkrb5_client_name = §§\n",
        ["/lib/systemd/system/auditd.service"] = "[Service]\nRefuseManualStop=yes\nEnvironment=TOKEN=§§\nExecStart=/usr/bin/env TOKEN=§§ \\\n  §§\nExecStartPost=/bin/curl -u u:§§ x\n",
        ["/etc/rsyslog.conf"] = "module(load=\"imuxsock\")\n*.* :ommysql:h,db,u,§§\nauth.* >h,db,u,§§;tpl\nauth,authpriv.* /var/log/auth.log # §§\n*.* action(type=\"omelasticsearch\" server=\"h\" uid=\"u\" pwd=\"§§\" usehttps=\"on\"\n  apikey=\"§§\"\n  template=\"x\")\n"
            + "$ActionSendStreamDriverAuthKey §§\n:msg, contains, \"§§\" ^/bin/x;§§\nif $msg contains '§§' then ^/bin/x §§\nset $.token = \"§§\";\ntemplate(name=\"x\" type=\"string\" string=\"§§\n §§ \")\n/* §§\n§§ */\nmail.* ^/bin/x §§\n*.* @10.0.0.1:514;§§ §§\nunheard §§\n&§§\n",
        ["/etc/rsyslog.d/a.conf"] = "action(type=\"omprog\" binary=\"/bin/x §§\")\naction(type=\"omhttp\" httpheadervalue=\"Bearer §§\" url='§§')\n",
        ["/etc/syslog-ng/syslog-ng.conf"] = "destination d { sql(password(\"§§\") username(\"a\")); };\npassword(\n\"§§\"\n);\n",
        ["/etc/systemd/journald.conf"] = "[Journal]\nStorage=persistent\nFoo=§§\n",
        ["/etc/logrotate.d/x"] = "/var/log/syslog {\n weekly\n rotate 26\n mail §§@x\n postrotate\n  mysqladmin -u root -p§§ flush-logs\n  §§\n endscript\n compresscmd §§\n}\n",
        ["/etc/chrony.conf"] = "server 10.0.0.1 iburst\nkeyfile /etc/chrony.keys\nmailonchange §§ 1\n",
        ["/etc/ntp.conf"] = "server 10.0.0.1\ncrypto pw §§\ncontrolkey §§\n",
        ["/etc/profile"] = "export DB_PASSWORD=§§\nexport TMOUT=600 # §§\ncurl -u a:§§ x && TMOUT=900; export API=\"§§\"\nif [ \"$X\" = §§ ]; then umask 027; fi\ncat <<'§§'\nTMOUT=1 §§\n§§\nTMOUT=§§\nMSG=\"§§\n TMOUT=3 §§\"; umask 077\n",
        ["/etc/profile.d/x.sh"] = "readonly TMOUT=${TMOUT:-§§}\numask §§\nTOKEN='§§' /bin/x §§\necho TMOUT §§\n",
        ["/etc/environment"] = "HTTP_PROXY=http://u:§§@10.0.0.1/\nTOKEN=§§\n",
        ["/etc/bash.bashrc"] = "alias m='mysql -p§§'\n",
        ["/etc/selinux/config"] = "SELINUX=enforcing\nOTHER=§§\n",
        ["/etc/snmp/snmpd.conf"] = "rocommunity §§ 10.0.0.0/8\nrwcommunity public\ncom2sec local default §§\ncreateUser u SHA §§ AES §§\ntrapsink 10.0.0.1 §§\nextend x /bin/sh -c §§\nauthtrapenable §§\n",
        ["/etc/inetd.conf"] = "ftp stream tcp nowait root /usr/sbin/in.ftpd -p §§ §§\n#§§\n",
        ["/etc/xinetd.d/x"] = "service x\n{\n disable = no\n server_args = -p §§\n env = A=§§\n}\n",
        ["/etc/systemd/system/ssh.service.d/a.conf"] = "[Service]\nEnvironment=SSHD_OPTS=-4 FOO=§§\nEnvironment=\"OPTIONS=-4\" 'BAR=§§'\n",
        ["/etc/default/ssh"] = "# §§\nSSHD_OPTS=\"-4\"\nFOO=§§\nSSHD_OPTS+=\" §§\"\n",
        ["/etc/systemd/system/redis-server.service.d/a.conf"] = "[Service]\n# §§\nEnvironment=\"REDIS_ARGS=--port 6379\" TOKEN=§§ 'B=§§ §§'\nEnvironment=REDIS_OPTS=--loglevel,notice\nEnvironment=REDIS_OPTS=-l \\\n X_OPTS=-l \\\n TOKEN=§§ \\\n §§ X_OPTS=§§\nDescription=§§\n"
            + "Description=a \\\n  §§\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf \\\n  --loglevel notice\nExecStartPre=/bin/x §§\n§§\n",
        ["/etc/systemd/system/redis_exporter.service"] = "[Service]\nExecStart=/usr/bin/redis_exporter -redis.password §§ \\\n  -x §§\nExecStart = \\\n  /usr/bin/redis-server §§ \\\n\n  §§\nExecStart=-/bin/echo §§\nexecstart=/bin/true \\\n §§\nExecStart=$REDIS §§ /usr/bin/redis-server\nExecStart=/usr/bin/numactl §§ /usr/bin/redis-server §§\nExecStart=env A=§§ \\\n B=§§ redis-server §§\nExecStart=/bin/true §§ ; \\\n nginx §§\nEnvironment=spring.redis.auth=§§\nEnvironment=\"MY-KEY=§§\"\nEnvironment=X_OPTS=-l a.b=§§ \\\n 'c d=§§'\nEnvironment=\\\n a.b=§§\n",
        ["/etc/systemd/system/redis-renamed.service"] = "[Service]\nExecStart=redis-server /etc/redis/redis.conf --rename-command CONFIG §§ --Rename-Command \"KEYS §§\" '--rename-command' 'DEBUG'\t'§§' --port 1\nExecStart=/usr/bin/redis-server --rename-command \\\n CONFIG §§ \\\n --port 1\nEnvironment=\"X_ARGS=--rename-command CONFIG §§\"\nEnvironment=X_ARGS='--rename-command CONFIG §§'\n",
        ["/etc/systemd/system/postgresql-own.service"] = "[Service]\nExecStart=/usr/bin/postgres -c ssl_passphrase_command='echo §§ §§' -c ssl=off\nExecStart=postgres --ssl-passphrase-command=§§ \\\n -c ssl=off\nExecStart=postgres -c SSL_passphrase_command=\\\n\"echo §§\" \\\n §§\nEnvironment=\"PG_OPTIONS=-c ssl_passphrase_command='echo §§'\"\n",
        ["/etc/postgresql/15/main/pg_ctl.conf"] = "pg_ctl_options = '-o \"-c ssl_passphrase_command=echo\\ §§ \"'\n",
        ["/etc/systemd/system/nginx-own.service"] = "[Service]\nExecStart=/bin/sh -c \"export A=§§; \\\n  B=§§; \\\n  exec /usr/sbin/nginx §§\"\nExecStart=/bin/sh -c 'exec /usr/sbin/nginx -q'\nExecStart=!/usr/bin/bash /x §§ /usr/sbin/mysqld_safe\nExecStart=/usr/bin/nginx_exporter§§\nExecStart=\"/opt/§§/x\" nginx\n",
        ["/etc/systemd/system/redis-own.service"] = "[Service]\n# §§ \\\nTOKEN=§§\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf --requirepass \\\n  §§ --masterauth=\\\n; §§ \\\n \\\n \"§§\" --tls-key-file-pass \"\\\n§§\" --user \"a on >§§ \\\n >§§ \\\n #§§ ~*\"\n"
            + "Environment=A=§§ \"B=§§ §§\" X_OPTS=-l 'C=§§'\nEnvironment=A=§§ \"B=§§\nX=§§\"\nEnvironment=A=§§ §§\nEnvironment=A=a\\ §§\nEnvironment=X_OPTS=-l A=§§ \\\n B=§§ \\\n# §§ \\\n 'C=§§ §§' \\\n §§ \\\n X_OPTS=§§\n[§§ 1]\n[Service]\nDescription=\"§§\nRestart=§§ \\ \nRestart=§§ \\\\\n A=§§\n.include /x/§§\nA=§§\rB=§§\nA=§§\rB=§§ \\\n§§\n",
        ["/etc/systemd/system/sshd.service"] = "[Service]\n; §§ \\\nTOKEN=§§\nEnvironment=A=§§ \"B=§§ §§\" OPTIONS=-4 'C=§§'\nEnvironment=\"A=§§\nEnvironment=A=§§ \\\n B=§§ \\\n# §§ \\\n C=§§\nEnvironment = OPTIONS=-4 A=§§\nEnvironment=spring.redis.auth=§§\nEnvironment = OPTIONS=-4 \"MY-KEY=§§\"\nDescription=§§ \\\\\nDescription=§§\rA=§§ \\\n§§\n.include §§\n",
        ["/etc/default/mariadb"] = "FOO=\"§§\n§§\n\"\nexport BAR='§§\nX_OPTS=\n'\n[ -f /§§ ] && . /§§\nif \"§§\n§§ \\\n'§§\nA=don't§§ # it's\nB=1 # it's §§\n\"§§\" = \\\"§§\n",
        ["/etc/default/mysql"] = "MYSQLD_OPTS=\"--skip-networking\"\nexport TOKEN=§§\nMYSQLD_OPTS+=\" §§\"\nif true; then X=§§; fi\n",
        ["/etc/default/ufw"] = "IPV6=yes\nSECRET=§§\n",
        ["/etc/nginx/nginx.conf"] = "user www-data;\nevents { }\nhttp {\n proxy_set_header Authorization \"Basic §§\";\n add_header X-Token §§;\n map $http_x $ok { \"§§\" 1; default §§; }\n upstream u { server 10.0.0.1; sticky cookie §§; }\n"
            + " server {\n  listen 443 ssl; # §§\n  ssl_certificate_key \"data:§§\";\n  ssl_password_file §§;\n  location / { proxy_pass http://u:§§@127.0.0.1/?k=§§; if ($http_x_key = \"§§\") { return 403; } }\n  location /a { return 200 \"§§\"; }\n  location /b { return 301 https://x.example.cn/?k=§§; }\n"
            + "  location /c { rewrite ^ https://x.example.cn/?k=§§ permanent; auth_basic \"§§\"; secure_link_md5 \"$uri§§\"; set $k §§; }\n  location /d { content_by_lua_block { local k = \"§§ }\" if k then ngx.say(\"§§\") end\n -- §§\n } }\n  fastcgi_param DB_PASS\n   §§;\n  unheard_of '§§\n §§' §§;\n }\n include /srv/odd/*.web;\n}\n",
        ["/srv/odd/a.web"] = "server { listen 80; proxy_set_header X §§; return 302 https://$host$request_uri?k=§§; }\n",
        ["/etc/redis/redis.conf"] = "bind 127.0.0.1\nrequirepass §§\nmasterauth §§\nmasteruser §§\nrename-command CONFIG §§\nuser app on >§§ ~§§ +@all\nuser b on #§§ \"<§§\" (~x§§ +get) §§\ntls-key-file-pass §§\ntls-client-key-file-pass \"§§\"\nloadmodule /x.so §§\nsentinel auth-pass m §§\nmodule-key §§\n# §§\naclfile /srv/odd/users\n",
        ["/srv/odd/users"] = "user default on >§§ ~* +@all\nuser x on #§§ %R~§§\n",
        ["/etc/postgresql/15/main/postgresql.conf"] = "ssl = on # §§\nprimary_conninfo = 'host=a password=§§'\narchive_command = 'scp -i §§'\nrestore_command 'x §§'\nssl_passphrase_command='echo §§'\ncluster_name = §§\nunheard.of = '§§'\nldap_secret '§§'\nhba_file = '/etc/postgresql/15/main/pg_hba.conf'\n",
        ["/etc/postgresql/15/main/pg_hba.conf"] = "local all all peer\nhost all all 10.0.0.0/8 ldap ldapserver=h ldapbindpasswd=§§ ldapprefix=\"cn=§§ x\"\nhost all all 10.0.0.0 255.0.0.0 radius radiussecrets=\"§§\" \\\n  radiusidentifiers=§§ §§\n§§ §§\n# §§\n",
        ["/var/lib/postgresql/15/main/postgresql.auto.conf"] = "primary_conninfo = 'password=§§'\n",
        ["/etc/my.cnf"] = "[client]\npassword = §§\n; §§\n[mysqld]\nbind-address = 127.0.0.1 # §§\nreport-password=§§\nloose-x_password = '§§ and §§'\ninit-connect = SET PASSWORD='§§'\nwsrep_sst_auth=u:§§\nfederated-thing §§\n!includedir /srv/odd\n",
        ["/srv/odd/b.cnf"] = "[mysqld]\nlocal-infile=0\nmaster-password=§§\n",
        ["/var/lib/mysql/mysqld-auto.cnf"] = "{\"Version\": 2, \"mysql_server\": {\"general_log\": {\"Value\": \"ON\", \"Metadata\": {\"User\": \"§§\", \"Host\": \"§§\"}}, \"report_password\": {\"Value\": \"§§\"}, \"init_connect\": {\"Value\" : \"a \\\" §§\"}}}\n",
        ["/etc/tomcat9/server.xml"] = "<?xml version=\"1.0\"?>\n<!DOCTYPE Server [<!ENTITY k \"§§\">]>\n<!-- §§ -->\n<Server port=\"-1\" shutdown=\"SHUTDOWN\"><GlobalNamingResources><Environment name=\"k\" value=\"§§\" type=\"x\"/><Resource username=\"§§\" password=\"§§\" url=\"jdbc:x?user=§§\" connectionProperties='a=§§'/></GlobalNamingResources>\n"
            + "<Connector port=\"8443\" SSLEnabled=\"true\" keystorePass=\"§§\" truststorePass='§§'\n certificateKeystorePassword\n=\n\"§§\"><SSLHostConfig protocols=\"TLSv1.2\"/>§§<![CDATA[§§]]></Connector><?x §§?><a b=§§ c=\"§§/></Server>\n",
        ["/etc/tomcat9/web.xml"] = "<web-app><context-param><param-name>k</param-name><param-value>§§</param-value></context-param><session-config><session-timeout>30</session-timeout></session-config><env-entry><env-entry-value>§§</env-entry-value></env-entry><description>§§</description></web-app>\n",
        ["/opt/tomcat-x/conf/server.xml"] = "<Server port=\"8005\" shutdown=\"§§\"><Service shutdown='§§'/></Server>\n",
        ["/etc/tomcat9/context.xml"] = "<Context><Parameter name=\"a\" value=\"§§\"/></Context>\n",
        ["/etc/tomcat9/tomcat-users.xml"] = "<tomcat-users><user username=\"a\" password=\"§§\" roles=\"x\"/><user name='b' fullName=\"§§\" password='b'/></tomcat-users>\n",
        ["/etc/crontab"] = "* * * * * root mysqldump -p§§\n",
        ["/etc/sssd/sssd.conf"] = "ldap_default_authtok = §§\n",
    });

    private static Dictionary<string, string> Numbered(Dictionary<string, string> files)
    {
        var number = 100;
        return files.ToDictionary(f => f.Key, f =>
        {
            var parts = f.Value.Split("§§");
            var text = new StringBuilder(parts[0]);
            foreach (var part in parts.Skip(1))
            {
                text.Append(CultureInfo.InvariantCulture, $"{Word}{number++}Qx").Append(part);
            }

            return text.ToString();
        }, StringComparer.Ordinal);
    }
}
