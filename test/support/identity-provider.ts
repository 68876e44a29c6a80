import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import type { Role } from '../../src/auth/index.js';
import { secondsFromNow } from './tokens.js';

/** An identity provider with a key set and behaviour that the test sets. */
export class IdentityProvider {
  private readonly server: Server = createServer((_request, response) => {
    this.fetches += 1;
    response.writeHead(this.isDown ? 500 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: this.keys }));
  });
  keys: JWK[] = [];
  isDown = false;
  /** Number of requests for the key set. */
  fetches = 0;

  /** Starts it on a free port, and returns the address of the key set. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/keys`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  /** Creates a key pair and publishes the public half. */
  async publish(kid: string, alg: string): Promise<CryptoKey> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    this.keys = [...this.keys, { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }];
    return privateKey;
  }
}

/** Signs an access token of one hour with a provider's private key. */
export function signedBy(
  by: { readonly key: CryptoKey; readonly kid: string; readonly alg: string },
  sub: string,
  roles: readonly Role[],
): Promise<string> {
  return new SignJWT({ roles })
    .setProtectedHeader({ alg: by.alg, kid: by.kid, typ: 'at+jwt' })
    .setSubject(sub)
    .setExpirationTime(secondsFromNow(3600))
    .sign(by.key);
}
